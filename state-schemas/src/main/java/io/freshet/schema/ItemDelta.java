// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What one mini-step of one learner, or one control event, changes of an item; its owner applies
 * it.
 *
 * @param itemId the item
 * @param learner subtask index of the learner; -1 for a control event
 * @param sequence the learner's mini-step number, growing from 1 within a run; 0 for a control
 *     event
 * @param gradient loss gradient with respect to the item's row, d floats; empty when only counts or
 *     visibility change
 * @param counts what is added to the item's counts; a part that is taken back is negative
 * @param companions what is added to the item's companions
 * @param visibility whether the item is to be hidden or shown
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record ItemDelta(
    String itemId,
    int learner,
    long sequence,
    float[] gradient,
    RowCounts counts,
    RowCompanions companions,
    Visibility visibility) {

  private static final float[] NO_GRADIENT = {};

  /**
   * What a delta says of an item's place in lists. A constant's place is its byte in states and
   * between operators: add new ones at the end, and never move or remove one.
   */
  public enum Visibility {
    UNCHANGED,
    HIDE,
    SHOW
  }

  /** The delta that hides or shows an item. */
  public static ItemDelta visibility(String itemId, Visibility visibility) {
    return new ItemDelta(
        itemId, -1, 0, NO_GRADIENT, RowCounts.NONE, RowCompanions.NONE, visibility);
  }
}
