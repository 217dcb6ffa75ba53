// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.CompanionRow;
import io.freshet.model.ItemCounts;
import io.freshet.model.ModelOptions;
import io.freshet.model.OwnedItem;
import io.freshet.schema.ItemRow;
import io.freshet.schema.RowCompanions;
import io.freshet.schema.RowCounts;
import java.util.stream.IntStream;

/** Between what operators exchange of items and what the model reckons with. */
final class ItemRecords {

  /** An item's index by its id; negative if it has none. */
  interface Index {
    int of(String id);
  }

  /** An item's id by its index. */
  interface Ids {
    String of(int item);
  }

  private ItemRecords() {}

  /**
   * What a record says of an item; its embedding is taken over, not copied.
   *
   * @param companions the record's, or null where they are kept elsewhere
   */
  static OwnedItem owned(ItemRow row, CompanionRow companions, ModelOptions options) {
    return OwnedItem.of(
        row.embedding(),
        row.accumulator(),
        counts(row.counts(), options),
        companions,
        row.hidden());
  }

  static ItemCounts counts(RowCounts counts, ModelOptions options) {
    return ItemCounts.of(
        options,
        counts.degree(),
        counts.exposures(),
        counts.popularity(),
        counts.exposure(),
        counts.time(),
        counts.firstSeen(),
        counts.lastSeen());
  }

  static RowCounts counts(ItemCounts counts) {
    return counts == null
        ? RowCounts.NONE
        : new RowCounts(
            counts.degree(),
            counts.exposures(),
            counts.popularity().clone(),
            counts.exposure(),
            counts.time(),
            counts.firstSeen(),
            counts.lastSeen());
  }

  /** Companions that have no index are left out. */
  static CompanionRow companions(RowCompanions companions, int capacity, Index index) {
    CompanionRow row = new CompanionRow(capacity);
    for (int i = 0; i < companions.items().length; i++) {
      int item = index.of(companions.items()[i]);
      if (item >= 0) {
        row.add(item, companions.wide()[i], companions.near()[i]);
      }
    }
    return row;
  }

  static RowCompanions companions(CompanionRow row, Ids ids) {
    return row == null
        ? RowCompanions.NONE
        : companions(row, IntStream.range(0, row.size()).toArray(), ids);
  }

  /** Some entries of a row. */
  static RowCompanions companions(CompanionRow row, int[] entries, Ids ids) {
    if (entries.length == 0) {
      return RowCompanions.NONE;
    }
    String[] items = new String[entries.length];
    float[] wide = new float[entries.length];
    float[] near = new float[entries.length];
    for (int i = 0; i < entries.length; i++) {
      items[i] = ids.of(row.item(entries[i]));
      wide[i] = row.wide(entries[i]);
      near[i] = row.near(entries[i]);
    }
    return new RowCompanions(items, wide, near);
  }
}
