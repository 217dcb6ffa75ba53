// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import java.util.Arrays;

/**
 * The items that were taken together with one item, each with a weight. Entries lie densely so that
 * scoring reads memory in a line; an open-addressing index finds an entry for an update.
 *
 * <p>A full row drops its weaker half: a popular item meets most of the catalogue, but its rare
 * companions decide nothing.
 */
final class CooccurrenceRow {
  private static final int FREE = -1;

  private final int capacity;
  private int[] items = new int[4];
  private float[] weights = new float[4];
  private int[] index = freeIndex(8);
  private int size;

  /**
   * @param capacity largest number of entries, at least 2
   */
  CooccurrenceRow(int capacity) {
    this.capacity = capacity;
  }

  int size() {
    return size;
  }

  void add(int item, float weight) {
    int slot = slotOf(item);
    if (index[slot] != FREE) {
      weights[index[slot]] += weight;
      return;
    }
    if (size == capacity) {
      dropWeakerHalf();
      slot = slotOf(item);
    } else if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
      weights = Arrays.copyOf(weights, size * 2);
      index = freeIndex(size * 4);
      reindex();
      slot = slotOf(item);
    }
    items[size] = item;
    weights[size] = weight;
    index[slot] = size++;
  }

  /** Adds {@code factor * weight} of every entry to its item's score. */
  void addTo(double[] scores, double factor) {
    for (int i = 0; i < size; i++) {
      scores[items[i]] += factor * weights[i];
    }
  }

  /** Multiplies all weights and drops those that fall under the floor. */
  void scale(double factor, float floor) {
    for (int i = 0; i < size; i++) {
      weights[i] *= (float) factor;
    }
    keep(floor, size);
  }

  private void dropWeakerHalf() {
    float[] sorted = Arrays.copyOf(weights, size);
    Arrays.sort(sorted);
    float median = sorted[size / 2];
    int stronger = 0;
    for (int i = size - 1; i >= 0 && sorted[i] > median; i--) {
      stronger++;
    }
    // Counts tie often: without the limit a row of ones would stay full.
    keep(median, size / 2 - stronger);
  }

  /** Keeps the entries above the floor, and the oldest of those that just reach it. */
  private void keep(float floor, int atFloor) {
    int kept = 0;
    int left = atFloor;
    for (int i = 0; i < size; i++) {
      if (weights[i] > floor || (weights[i] == floor && left-- > 0)) {
        items[kept] = items[i];
        weights[kept++] = weights[i];
      }
    }
    size = kept;
    Arrays.fill(index, FREE);
    reindex();
  }

  private void reindex() {
    for (int i = 0; i < size; i++) {
      index[slotOf(items[i])] = i;
    }
  }

  private int slotOf(int item) {
    int mask = index.length - 1;
    int slot = (item * 0x9E3779B9 >>> 7) & mask;
    while (index[slot] != FREE && items[index[slot]] != item) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int[] freeIndex(int length) {
    int[] index = new int[length];
    Arrays.fill(index, FREE);
    return index;
  }
}
