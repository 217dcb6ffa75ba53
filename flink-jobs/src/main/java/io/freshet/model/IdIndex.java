// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Numbers strings in the order of their arrival: a hash index without boxing. What is removed
 * leaves its number to the next that comes.
 */
public final class IdIndex {

  private String[] ids = new String[64];
  private int[] slots = new int[256];
  private int size;
  private int[] free = {};
  private int freeCount;

  public IdIndex() {
    Arrays.fill(slots, -1);
  }

  /** Numbers given so far: all are below it. */
  public int size() {
    return size;
  }

  /** Strings that have a number. */
  int count() {
    return size - freeCount;
  }

  /** The string of a number; null where it was removed. */
  public String id(int index) {
    return ids[index];
  }

  /** The number of {@code id}, or -1 if it has none. */
  public int find(String id) {
    return slots[slotOf(id)];
  }

  /** The number of {@code id}, which gets one if it has none. */
  public int indexOrAdd(String id) {
    int known = find(id);
    return known >= 0 ? known : add(id);
  }

  /** Numbers an id that has no number yet. */
  int add(String id) {
    if (freeCount > 0) {
      return number(id, free[--freeCount]);
    }
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
    }
    if (size * 2 >= slots.length) {
      slots = new int[slots.length * 2];
      fillSlots();
    }
    return number(id, size++);
  }

  private int number(String id, int index) {
    slots[slotOf(id)] = index;
    ids[index] = id;
    return index;
  }

  /** Takes these numbers, which all are in use, from their strings. */
  void removeAll(BitSet gone) {
    free = Arrays.copyOf(free, freeCount + gone.cardinality());
    // The lowest is the first to be used again.
    for (int i = gone.length() - 1; i >= 0; i = gone.previousSetBit(i - 1)) {
      ids[i] = null;
      free[freeCount++] = i;
    }
    fillSlots();
  }

  private void fillSlots() {
    Arrays.fill(slots, -1);
    for (int i = 0; i < size; i++) {
      if (ids[i] != null) {
        slots[slotOf(ids[i])] = i;
      }
    }
  }

  private int slotOf(String id) {
    int mask = slots.length - 1;
    int hash = id.hashCode();
    int slot = (hash ^ (hash >>> 15)) & mask;
    while (slots[slot] >= 0 && !ids[slots[slot]].equals(id)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
