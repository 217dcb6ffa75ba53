// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What goes with what: for each item the items that users had met before they took it. That is what
 * an item's owner knows and sends; what users took after an item is an index over it, made here.
 */
final class Companions {

  /** How many of the items that a user met before count as companions of the next. */
  static final int WIDE = 40;

  /** How many of them count as near. */
  static final int NEAR = 5;

  /** An item follows on more items than it follows: the index has room for so many times more. */
  static final int FOLLOWERS = 2;

  private final int capacity;
  private CompanionRow[] before = new CompanionRow[64];
  private CompanionRow[] after = new CompanionRow[64];

  /**
   * @param capacity companions kept of an item
   */
  Companions(int capacity) {
    this.capacity = capacity;
  }

  /** The items that users had met before they took this one; null if there are none. */
  CompanionRow before(int item) {
    return item < before.length ? before[item] : null;
  }

  /** The items that users took after they had met this one; null if there are none. */
  CompanionRow after(int item) {
    return item < after.length ? after[item] : null;
  }

  /** Adds what a mini-step saw before an item. */
  void add(int item, CompanionRow gained) {
    reserve(item);
    if (before[item] == null) {
      before[item] = new CompanionRow(capacity);
    }
    CompanionRow row = before[item];
    for (int i = 0; i < gained.size(); i++) {
      int companion = gained.item(i);
      forget(item, row.add(companion, gained.wide(i), gained.near(i)));
      int entry = row.find(companion);
      index(companion, item, row.wide(entry), row.near(entry));
    }
  }

  /** Takes over all that an item's owner knows. */
  void replace(int item, CompanionRow row) {
    reserve(item);
    CompanionRow old = before[item];
    before[item] = row;
    for (int i = 0; i < row.size(); i++) {
      index(row.item(i), item, row.wide(i), row.near(i));
    }
    for (int i = 0; old != null && i < old.size(); i++) {
      if (row.find(old.item(i)) < 0) {
        index(old.item(i), item, 0, 0);
      }
    }
  }

  /** Forgets items, of themselves and where they go with others. */
  void removeAll(BitSet gone) {
    removeAll(gone, before);
    removeAll(gone, after);
  }

  private static void removeAll(BitSet gone, CompanionRow[] rows) {
    for (int i = 0; i < rows.length; i++) {
      if (gone.get(i)) {
        rows[i] = null;
      } else if (rows[i] != null) {
        rows[i].removeAll(gone);
      }
    }
  }

  private void forget(int item, int[] dropped) {
    for (int i = 0; dropped != null && i < dropped.length; i++) {
      index(dropped[i], item, 0, 0);
    }
  }

  private void index(int companion, int item, float wide, float near) {
    reserve(companion);
    if (after[companion] == null) {
      if (wide == 0) {
        return;
      }
      after[companion] = new CompanionRow(FOLLOWERS * capacity);
    }
    after[companion].set(item, wide, near);
  }

  private void reserve(int item) {
    if (item >= before.length) {
      int grown = Math.max(item + 1, before.length * 2);
      before = Arrays.copyOf(before, grown);
      after = Arrays.copyOf(after, grown);
    }
  }
}
