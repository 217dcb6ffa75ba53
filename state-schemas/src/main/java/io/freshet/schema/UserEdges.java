// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * Edges of a user's history that were written together. The history is the list of all that were
 * written since the user's first, in which an item's latest entry holds; so a write names only what
 * changed. Now and then the list is replaced by one of a single write. Arrays of one write have one
 * length; position is age, the oldest first.
 *
 * @param items item ids, each at most once
 * @param times event time of each entry, milliseconds
 * @param weights weight of each entry; 0 marks an item that the user knows but that is no positive,
 *     -1 one that was merely shown, {@link #GONE} one that is no longer in the history
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record UserEdges(String[] items, long[] times, float[] weights) {

  /** Weight of an entry that left the history. */
  public static final float GONE = Float.NaN;

  public static final UserEdges NONE = new UserEdges(new String[0], new long[0], new float[0]);

  public int size() {
    return items.length;
  }

  /** Whether an entry says that its item left the history. */
  public boolean gone(int entry) {
    return Float.isNaN(weights[entry]);
  }
}
