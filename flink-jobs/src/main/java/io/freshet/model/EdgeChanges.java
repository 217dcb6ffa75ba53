// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;

/**
 * Which items of a history changed since it was last stored, so that only they have to be added to
 * what is stored. It starts with nothing stored. Once what is stored would be more than twice what
 * counts of it, all has to be stored anew, which comes to at most one more entry for each that
 * changed.
 */
final class EdgeChanges {

  /** Entries stored beyond twice the history before all is stored anew. */
  private static final int SLACK = 32;

  private static final int[] NONE = {};

  private int[] items = NONE;
  private int size;
  private boolean all = true;
  private int stored;

  /**
   * An item's entry came, changed or left.
   *
   * @param entries how many the history has
   */
  void note(int item, int entries) {
    if (all) {
      return;
    }
    if (stored + size >= 2 * entries + SLACK) {
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

  /** How many entries are stored, those that later ones overrule included. */
  int storedEntries() {
    return stored;
  }

  /** So many entries are stored now, and nothing has changed since. */
  void stored(int entries) {
    all = false;
    size = 0;
    stored = entries;
  }
}
