// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The items that go with one item, each with how often it was among the last that users had met
 * (wide) and among the very last few (near). Entries lie densely so that scoring reads memory in a
 * line; an open-addressing index finds an entry for an update.
 *
 * <p>A full row drops its weaker half: a popular item meets most of the catalogue, but its rare
 * companions decide nothing. Takes 20 bytes an entry once full, 40 at most.
 */
public final class CompanionRow {
  private static final int FREE = -1;

  private final int capacity;
  private int[] items = new int[4];
  private float[] wide = new float[4];
  private float[] near = new float[4];
  private int[] index = freeIndex(8);
  private int size;

  /**
   * An empty row.
   *
   * @param capacity largest number of entries, at least 2
   */
  public CompanionRow(int capacity) {
    this.capacity = capacity;
  }

  public int size() {
    return size;
  }

  /** The item of an entry; entries are in no order. */
  public int item(int entry) {
    return items[entry];
  }

  public float wide(int entry) {
    return wide[entry];
  }

  public float near(int entry) {
    return near[entry];
  }

  /**
   * Adds each entry's wide count, times a factor, to its item's sum, and lists the items whose sum
   * was zero.
   *
   * @param touched receives those items from {@code at} on; needs room for all entries
   * @return the place behind the last
   */
  int addWide(float factor, float[] sums, int[] touched, int at) {
    int count = at;
    int[] of = items;
    float[] times = wide;
    for (int i = 0; i < size; i++) {
      int item = of[i];
      float sum = sums[item];
      float grown = sum + factor * times[i];
      touched[count] = item;
      // One if the sum was zero and is no longer, from signs: a branch here goes wrong too often.
      int was = Float.floatToRawIntBits(sum);
      int is = Float.floatToRawIntBits(grown);
      count += (-is & ~-was) >>> 31;
      sums[item] = grown;
    }
    return count;
  }

  /** Adds each entry's near count, times a factor, to its item's sum. */
  void addNear(float factor, float[] sums) {
    for (int i = 0; i < size; i++) {
      sums[items[i]] += factor * near[i];
    }
  }

  /** The entry of an item, or -1. */
  public int find(int item) {
    return index[slotOf(item)];
  }

  /**
   * Adds to an item's counts.
   *
   * @return the items that left the row for it, or null if none did
   */
  public int[] add(int item, float moreWide, float moreNear) {
    int slot = slotOf(item);
    int entry = index[slot];
    if (entry != FREE) {
      wide[entry] += moreWide;
      near[entry] += moreNear;
      return null;
    }
    int[] dropped = null;
    if (size == capacity) {
      dropped = dropWeakerHalf();
      slot = slotOf(item);
    } else if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
      wide = Arrays.copyOf(wide, size * 2);
      near = Arrays.copyOf(near, size * 2);
      index = freeIndex(size * 4);
      reindex();
      slot = slotOf(item);
    }
    items[size] = item;
    wide[size] = moreWide;
    near[size] = moreNear;
    index[slot] = size++;
    return dropped;
  }

  /** Gives an item these counts; to 0 and 0 it is the first that the row drops. */
  public void set(int item, float newWide, float newNear) {
    int entry = find(item);
    if (entry != FREE) {
      wide[entry] = newWide;
      near[entry] = newNear;
    } else if (newWide > 0) {
      add(item, newWide, newNear);
    }
  }

  /** Multiplies all counts and drops entries whose wide count does not stay above the floor. */
  public void scale(double factor, float floor) {
    for (int i = 0; i < size; i++) {
      wide[i] *= (float) factor;
      near[i] *= (float) factor;
    }
    keep(floor, size);
  }

  /** Drops items. */
  void removeAll(BitSet gone) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (!gone.get(items[i])) {
        items[kept] = items[i];
        wide[kept] = wide[i];
        near[kept++] = near[i];
      }
    }
    if (kept < size) {
      size = kept;
      Arrays.fill(index, FREE);
      reindex();
    }
  }

  private int[] dropWeakerHalf() {
    float[] sorted = Arrays.copyOf(wide, size);
    Arrays.sort(sorted);
    float median = sorted[size / 2];
    int stronger = 0;
    for (int i = size - 1; i >= 0 && sorted[i] > median; i--) {
      stronger++;
    }
    int[] before = Arrays.copyOf(items, size);
    // Counts tie often: without the limit a row of ones would stay full.
    keep(median, size / 2 - stronger);
    int[] dropped = new int[before.length - size];
    int count = 0;
    for (int item : before) {
      if (find(item) == FREE) {
        dropped[count++] = item;
      }
    }
    return dropped;
  }

  /** Keeps the entries above the floor, and the oldest of those that just reach it. */
  private void keep(float floor, int atFloor) {
    int kept = 0;
    int left = atFloor;
    for (int i = 0; i < size; i++) {
      if (wide[i] > floor || (wide[i] == floor && left-- > 0)) {
        items[kept] = items[i];
        wide[kept] = wide[i];
        near[kept++] = near[i];
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
