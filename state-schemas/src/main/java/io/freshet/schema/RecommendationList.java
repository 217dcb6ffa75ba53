// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A user's current top-K list; it replaces every earlier list of that user.
 *
 * @param userId whose list
 * @param items best first; null means that the user was erased and the topic gets a tombstone
 * @param modelVersion grows by one with every mini-step of the learner that made the list
 * @param eventTime event time of the newest event that the list knows of, milliseconds
 * @param generatedAt wall clock when the list was made, milliseconds
 * @param reason why it was made
 * @param codePath the user's codes, level by level, from 0; empty while they are not known
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record RecommendationList(
    String userId,
    List<ScoredItem> items,
    long modelVersion,
    long eventTime,
    long generatedAt,
    Reason reason,
    int[] codePath) {

  /** The code path of a user who has none yet. */
  public static final int[] NO_CODES = {};

  /**
   * Why a list was made. A constant's place is its byte in states and between operators: add new
   * ones at the end, and never move or remove one.
   */
  public enum Reason {
    /** The user acted. */
    EVENT("event"),
    /** The list was due, although the user did nothing. */
    REFRESH("refresh"),
    /** The user is too new for an embedding; the list is what is popular now. */
    COLD_START("cold_start");

    private final String wireName;

    Reason(String wireName) {
      this.wireName = wireName;
    }

    /** The name in the JSON record. */
    public String wireName() {
      return wireName;
    }
  }

  /** The record after an erase: a tombstone on the list topic. */
  public static RecommendationList erased(String userId, long eventTime) {
    return new RecommendationList(userId, null, 0, eventTime, 0, Reason.REFRESH, NO_CODES);
  }

  /** Whether this stands for a tombstone. */
  public boolean isTombstone() {
    return items == null;
  }
}
