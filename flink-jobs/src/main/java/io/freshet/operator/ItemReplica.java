// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.CompanionRow;
import io.freshet.model.ItemTable;
import io.freshet.model.ModelOptions;
import io.freshet.model.OwnedItem;
import io.freshet.schema.ItemRow;
import org.apache.flink.api.common.state.ListState;

/**
 * Moves rows between the owners' records and a learner's item table. A checkpoint holds the table
 * once: each learner writes the slice of items that hash to it, and every learner reads all slices
 * back. Rows of which nothing was learnt start anew instead.
 */
final class ItemReplica {
  private final ModelOptions options;
  private final ItemTable items;
  private final int learner;
  private final int learners;

  ItemReplica(ModelOptions options, ItemTable items, int learner, int learners) {
    this.options = options;
    this.items = items;
    this.learner = learner;
    this.learners = learners;
  }

  /**
   * Takes over a row.
   *
   * @return false if the table knew a newer one, or is full
   */
  boolean apply(ItemRow row) {
    int item = items.indexOrAdd(row.itemId());
    if (item < 0) {
      return false;
    }
    long contained = row.contains(learner);
    return row.isCompanionsPart()
        ? items.applyOwnerCompanions(item, row.epoch(), row.version(), companions(row), contained)
        : items.applyOwnerRow(
            item, row.epoch(), row.version(), ItemRecords.owned(row, null, options), contained);
  }

  private CompanionRow companions(ItemRow row) {
    // Where items leave, an owner's companions may name one that has left, and must not bring it
    // back: a companion is taken over once its own row is there.
    ItemRecords.Index index = options.forgetting().items() ? items::indexOf : items::indexOrAdd;
    return ItemRecords.companions(row.companions(), options.companions(), index);
  }

  void restore(Iterable<ItemRow> slices) {
    for (ItemRow row : slices) {
      apply(row);
    }
    for (ItemRow row : slices) {
      if (row.companions().items().length > 0) {
        apply(row.companionsPart());
      }
    }
  }

  void snapshot(ListState<ItemRow> slice) throws Exception {
    slice.clear();
    for (int item = 0; item < items.size(); item++) {
      String id = items.idOf(item);
      if (!items.untouched(item) && Math.floorMod(id.hashCode(), learners) == learner) {
        slice.add(row(id, item));
      }
    }
  }

  private ItemRow row(String id, int item) {
    OwnedItem owned = items.row(item);
    return new ItemRow(
        id,
        items.epoch(item),
        items.version(item),
        owned.embedding(),
        owned.accumulator(),
        ItemRecords.counts(owned.counts()),
        ItemRecords.companions(owned.companions(), items::idOf),
        owned.hidden(),
        NONE);
  }

  // A restored learner counts its mini-steps anew, so no delta of its own is in a restored row.
  private static final long[] NONE = {};
}
