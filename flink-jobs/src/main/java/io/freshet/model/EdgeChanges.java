// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;

/**
 * Which items of a history changed since it was last stored, so that only they have to be. Knows no
 * store: it starts with everything changed.
 */
final class EdgeChanges {

  /** Changes noted one by one beyond the number of entries; where there are more, all count. */
  private static final int SLACK = 32;

  private static final int[] NONE = {};

  private int[] items = NONE;
  private int size;
  private boolean all = true;

  /**
   * An item's entry came, changed or left.
   *
   * @param entries how many the history has
   */
  void note(int item, int entries) {
    if (all) {
      return;
    }
    if (size > entries + SLACK) {
      all();
      return;
    }
    if (size == items.length) {
      items = Arrays.copyOf(items, Math.max(8, 2 * size));
    }
    items[size++] = item;
  }

  void all() {
    all = true;
    items = NONE;
    size = 0;
  }

  boolean areAll() {
    return all;
  }

  /** The items, each once. */
  int[] items() {
    return Arrays.stream(items, 0, size).distinct().toArray();
  }

  void stored() {
    all = false;
    size = 0;
  }
}
