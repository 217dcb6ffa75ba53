// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;

/**
 * The items with the most positives of late, one list per half-life. Order by decayed count does
 * not change as time passes ({@link ItemCounts#key}), so a list changes with the items that are
 * touched alone; only an item that falls out of a full list costs a scan of all.
 */
final class Trending {

  private final int length;
  private final List[] lists;

  /**
   * @param halfLives how many lists
   * @param length items in a list
   */
  Trending(int halfLives, int length) {
    this.length = length;
    this.lists = new List[halfLives];
    for (int h = 0; h < halfLives; h++) {
      lists[h] = new List();
    }
  }

  /** An item's key has become this; negative infinity where it has no positives. */
  void update(int halfLife, int item, double key) {
    lists[halfLife].update(item, key);
  }

  double key(int halfLife, int item) {
    return lists[halfLife].key(item);
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
    final int[] items = new int[length];
    int size;
    private double[] keys = new double[0];
    private int known;
    private boolean incomplete;

    double key(int item) {
      return item < known ? keys[item] : Double.NEGATIVE_INFINITY;
    }

    void update(int item, double key) {
      if (item >= keys.length) {
        keys = Arrays.copyOf(keys, Math.max(item + 1, Math.max(64, keys.length * 2)));
      }
      if (item >= known) {
        Arrays.fill(keys, known, item + 1, Double.NEGATIVE_INFINITY);
        known = item + 1;
      }
      double before = keys[item];
      keys[item] = key;
      if (incomplete) {
        return; // the scan that is due finds it
      }
      int at = place(item);
      if (at >= 0) {
        // What fell may have fallen below an item that is not in the list.
        incomplete = key < before && size == length;
        remove(at);
      }
      if (key > Double.NEGATIVE_INFINITY && (size < length || key > keys[items[size - 1]])) {
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
      while (at > 0 && keys[items[at - 1]] < key) {
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
          double key = keys[item];
          if (key > Double.NEGATIVE_INFINITY && (size < length || key > keys[items[size - 1]])) {
            insert(item, key);
          }
        }
      }
      return this;
    }
  }
}
