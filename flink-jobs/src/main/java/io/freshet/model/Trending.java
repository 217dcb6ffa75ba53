// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;

/**
 * The items with the most positives of late, one list per half-life. Order by decayed count does
 * not change as time passes ({@link ItemCounts#key}), so a list changes with the items that are
 * touched alone; only an item that falls out of a full list costs a scan of all.
 */
final class Trending {

  /** Keys that differ by less are the same: one in a million of a count. */
  private static final double ROUNDING = 1e-6;

  private final int length;
  private final List[] lists;

  // [known,lists]: what is asked of one item lies side by side.
  private double[] keys = {};
  private int known;

  /**
   * @param halfLives how many lists
   * @param length items in a list
   */
  Trending(int halfLives, int length) {
    this.length = length;
    this.lists = new List[halfLives];
    for (int h = 0; h < halfLives; h++) {
      lists[h] = new List(h);
    }
  }

  /** An item's key has become this; negative infinity where it has no positives. */
  void update(int halfLife, int item, double key) {
    reserve(item);
    lists[halfLife].update(item, key);
  }

  double key(int halfLife, int item) {
    return item < known ? keys[item * lists.length + halfLife] : Double.NEGATIVE_INFINITY;
  }

  private void reserve(int item) {
    int width = lists.length;
    if ((item + 1) * width > keys.length) {
      keys = Arrays.copyOf(keys, Math.multiplyExact(Math.max(item + 1, 2 * known), width));
    }
    if (item >= known) {
      Arrays.fill(keys, known * width, (item + 1) * width, Double.NEGATIVE_INFINITY);
      known = item + 1;
    }
  }

  /** How many items a list has. */
  int size(int halfLife) {
    return lists[halfLife].repaired().size;
  }

  /** An item of a list, the one with the most positives first. */
  int item(int halfLife, int place) {
    return lists[halfLife].items[place];
  }

  private final class List {
    final int halfLife;
    final int[] items = new int[length];
    int size;
    private boolean incomplete;

    List(int halfLife) {
      this.halfLife = halfLife;
    }

    void update(int item, double key) {
      int slot = item * lists.length + halfLife;
      double before = keys[slot];
      if (Math.abs(key - before) < ROUNDING) {
        return; // the count only moved on in time
      }
      keys[slot] = key;
      if (incomplete) {
        return; // the scan that is due finds it
      }
      int at = place(item);
      if (at >= 0) {
        // What fell may have fallen below an item that is not in the list.
        incomplete = key < before && size == length;
        remove(at);
      }
      if (key > Double.NEGATIVE_INFINITY
          && (size < length || key > Trending.this.key(halfLife, items[size - 1]))) {
        insert(item, key);
      }
    }

    private int place(int item) {
      for (int i = 0; i < size; i++) {
        if (items[i] == item) {
          return i;
        }
      }
      return -1;
    }

    private void remove(int at) {
      System.arraycopy(items, at + 1, items, at, size - at - 1);
      size--;
    }

    private void insert(int item, double key) {
      if (size == length) {
        size--;
      }
      int at = size;
      while (at > 0 && Trending.this.key(halfLife, items[at - 1]) < key) {
        items[at] = items[at - 1];
        at--;
      }
      items[at] = item;
      size++;
    }

    List repaired() {
      if (incomplete) {
        incomplete = false;
        size = 0;
        for (int item = 0; item < known; item++) {
          double key = Trending.this.key(halfLife, item);
          if (key > Double.NEGATIVE_INFINITY
              && (size < length || key > Trending.this.key(halfLife, items[size - 1]))) {
            insert(item, key);
          }
        }
      }
      return this;
    }
  }
}
