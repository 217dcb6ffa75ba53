// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * Everything known of an item, as its owner publishes it on the model topic. Rows are absolute: the
 * one with the largest (epoch, version) is the item, whatever came before.
 *
 * @param itemId the item
 * @param epoch grows with every start or restore of the job, so that a row written after the
 *     restored checkpoint loses against the rows of the run that follows
 * @param version grows with every row that the owner publishes
 * @param embedding d floats
 * @param accumulator the row's AdaGrad sum
 * @param counts how often the item was met
 * @param companions what users had met before they took the item, the most frequent ones
 * @param hidden whether the item is kept out of every list
 * @param contains per learner subtask the sequence number of the last delta in this row; 0: none
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record ItemRow(
    String itemId,
    long epoch,
    long version,
    float[] embedding,
    float accumulator,
    RowCounts counts,
    RowCompanions companions,
    boolean hidden,
    long[] contains) {

  private static final long GONE = -1;
  private static final float[] NO_EMBEDDING = {};
  private static final float[] SOME_EMBEDDING = {0};
  private static final long[] NO_DELTAS = {};
  private static final String KEY_PREFIX = "item/";
  private static final String COMPANIONS_KEY_PREFIX = "companions/";

  /** Says that an item has left, as its {@link #companionsPart()} does of the companions. */
  public static ItemRow tombstone(String itemId, long epoch) {
    return new ItemRow(
        itemId,
        epoch,
        GONE,
        SOME_EMBEDDING,
        0,
        RowCounts.NONE,
        RowCompanions.NONE,
        false,
        NO_DELTAS);
  }

  /** Whether the item has left: the record on the model topic has no value then. */
  public boolean isTombstone() {
    return version == GONE;
  }

  /**
   * The part of this row that holds the companions alone, a record with a key of its own: they
   * change less often than the rest and are larger.
   */
  public ItemRow companionsPart() {
    return new ItemRow(
        itemId, epoch, version, NO_EMBEDDING, 0, RowCounts.NONE, companions, false, contains);
  }

  /** Whether this is a {@link #companionsPart()}. */
  public boolean isCompanionsPart() {
    return embedding.length == 0;
  }

  /** The record's key on the model topic. */
  public String key() {
    return isCompanionsPart() ? companionsKey(itemId) : key(itemId);
  }

  /** The key of the record with an item's companions on the model topic. */
  public static String companionsKey(String itemId) {
    return COMPANIONS_KEY_PREFIX + itemId;
  }

  /** The key of an item's row on the model topic. */
  public static String key(String itemId) {
    return KEY_PREFIX + itemId;
  }

  /** The sequence number of the last delta of a learner that this row contains; 0: none. */
  public long contains(int learner) {
    return learner < contains.length ? contains[learner] : 0;
  }
}
