// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;

/** Numbers strings in the order of their arrival: a hash index without boxing, append only. */
public final class IdIndex {

  private String[] ids = new String[64];
  private int[] slots = new int[256];
  private int size;

  public IdIndex() {
    Arrays.fill(slots, -1);
  }

  public int size() {
    return size;
  }

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
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
    }
    if (size * 2 >= slots.length) {
      slots = new int[slots.length * 2];
      Arrays.fill(slots, -1);
      for (int i = 0; i < size; i++) {
        slots[slotOf(ids[i])] = i;
      }
    }
    slots[slotOf(id)] = size;
    ids[size] = id;
    return size++;
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
