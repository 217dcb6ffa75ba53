// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What one re-fit changed of one level of the codebooks, or of the whole path.
 *
 * @param books whose codes: {@code users}
 * @param epoch grows with every start or restore of the job
 * @param version grows by one with every re-fit and every roll-back
 * @param level the level, from 1; 0 for the whole path
 * @param levels how many there are
 * @param eventTime event time of the newest event that the re-fit knows of, milliseconds
 * @param generatedAt wall clock of the re-fit, milliseconds
 * @param outcome what became of the re-fit
 * @param reason why it was held back, rolled back or refused, for a person; null where there is
 *     nothing to say
 * @param figures what was measured
 * @param alarms those that stand now
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record CodebookDrift(
    String books,
    long epoch,
    long version,
    int level,
    int levels,
    long eventTime,
    long generatedAt,
    Outcome outcome,
    String reason,
    Figures figures,
    List<CodebookAlarm> alarms) {

  /**
   * What became of a re-fit. A constant's place is its byte between operators: add new ones at the
   * end, and never move or remove one.
   */
  public enum Outcome {
    /** The learners get the new books. */
    PUBLISHED("published"),
    /** The gate found the new books worse; the learners keep the ones they have. */
    HELD_BACK("held_back"),
    /** An order brought earlier books back, under a new version. */
    ROLLED_BACK("rolled_back"),
    /** An order to roll back named a version that is not kept; nothing changed. */
    REFUSED("refused");

    private final String wireName;

    Outcome(String wireName) {
      this.wireName = wireName;
    }

    /** The name in the JSON record. */
    public String wireName() {
      return wireName;
    }
  }

  /**
   * What was measured, at the level or over the whole path.
   *
   * @param users whose vectors the re-fit saw since the one before
   * @param codes how many there can be: K, or K^L for the whole path
   * @param codesUsed how many some user has
   * @param perplexity exp of the entropy of {@code usage}: how many codes are used evenly; 0 where
   *     it is not known
   * @param dead codes that nobody has, in all levels for the whole path
   * @param expired codes that this re-fit replaced, in all levels for the whole path
   * @param largestShare share of the users who have the code that most have
   * @param error mean squared residual after this level (0: after the last) by the mean squared
   *     length of the vectors
   * @param centroidShift root mean square move of the codes by the root mean square length of them
   * @param changed share of the users whose code (0: whose path) is another than before
   * @param separation mean distance of a code to the nearest other by the root mean square residual
   *     after this level
   * @param effectiveRank of the users' vectors: exp of the entropy of their normalised singular
   *     values
   * @param usage share of the users by code, K values; empty for the whole path
   */
  public record Figures(
      long users,
      long codes,
      long codesUsed,
      double perplexity,
      long dead,
      long expired,
      double largestShare,
      double error,
      double centroidShift,
      double changed,
      double separation,
      double effectiveRank,
      double[] usage) {}

  /** The record's key on the codebook topic. */
  public String key() {
    return books + "/" + level;
  }
}
