// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * An order to the running job.
 *
 * @param action what to do
 * @param id the user's id for {@link Action#ERASE_USER}, the books' name for {@link
 *     Action#ROLL_BACK_CODEBOOK}, else the item's
 * @param version the version that {@link Action#ROLL_BACK_CODEBOOK} goes back to; 0 elsewhere
 * @param timestamp when it was ordered, milliseconds since 1970
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record ControlEvent(Action action, String id, long version, long timestamp) {

  /**
   * What can be ordered. A constant's place is its byte in states and between operators: add new
   * ones at the end, and never move or remove one.
   */
  public enum Action {
    /** Forget the user: state, contribution to degrees and popularity, list (tombstone). */
    ERASE_USER("erase_user", "user_id"),
    /** Take the item out of every list until it is shown again. */
    HIDE_ITEM("hide_item", "item_id"),
    /** Undo {@link #HIDE_ITEM}. */
    SHOW_ITEM("show_item", "item_id"),
    /** Bring earlier codebooks back. */
    ROLL_BACK_CODEBOOK("roll_back_codebook", "books");

    private final String wireName;
    private final String idField;

    Action(String wireName, String idField) {
      this.wireName = wireName;
      this.idField = idField;
    }

    /** The name in the JSON record. */
    public String wireName() {
      return wireName;
    }

    /** The JSON field that holds the id. */
    public String idField() {
      return idField;
    }
  }

  /** An order about a user or an item. */
  public ControlEvent(Action action, String id, long timestamp) {
    this(action, id, 0, timestamp);
  }

  /** The order to bring earlier codebooks back. */
  public static ControlEvent rollBack(String books, long version, long timestamp) {
    return new ControlEvent(Action.ROLL_BACK_CODEBOOK, books, version, timestamp);
  }

  /** The record's key on the control topic. */
  public String key() {
    return action == Action.ROLL_BACK_CODEBOOK ? CodebookRow.key(id) : id;
  }
}
