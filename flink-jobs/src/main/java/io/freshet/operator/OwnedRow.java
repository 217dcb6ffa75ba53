// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.OwnedItem;
import io.freshet.schema.ItemRow;
import io.freshet.schema.RowCompanions;
import java.util.Arrays;

/** An item in its owner's memory, with what only its publication needs. */
final class OwnedRow {
  final OwnedItem item;

  /** Of the row published last. */
  long version;

  /** When the timer is due that was set last for the item to leave, so far as is known. */
  long leavesAt = Long.MIN_VALUE;

  private long[] contains;

  /** An item that nobody has changed. */
  OwnedRow(OwnedItem item) {
    this(item, 0, new long[0]);
  }

  /**
   * @param contains see {@link ItemRow#contains}; taken over
   */
  OwnedRow(OwnedItem item, long version, long[] contains) {
    this.item = item;
    this.version = version;
    this.contains = contains;
  }

  /** Notes the last mini-step of a learner that the row contains. */
  void contain(int learner, long sequence) {
    if (learner >= contains.length) {
      contains = Arrays.copyOf(contains, learner + 1);
    }
    contains[learner] = sequence;
  }

  /** The row as a record. */
  ItemRow record(String itemId, long epoch, RowCompanions companions) {
    return new ItemRow(
        itemId,
        epoch,
        version,
        item.embedding().clone(),
        item.accumulator(),
        ItemRecords.counts(item.counts()),
        companions,
        item.hidden(),
        contains.clone());
  }
}
