// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

/**
 * Counts distinct strings in bounded memory: exactly while their hashes fit, then by adaptive
 * sampling (Wegman; Flajolet, "On adaptive sampling", Computing 1990): each time the table is full,
 * only the hashes with one more leading zero stay, and each stands for twice as many.
 */
final class DistinctCount {
  private static final int CAPACITY = 1 << 20;

  // Open addressing; 0 is a free slot, and no hash is 0.
  private long[] slots = new long[1 << 10];
  private final int capacity;
  private int size;
  private int depth;

  DistinctCount() {
    this(CAPACITY);
  }

  DistinctCount(int capacity) {
    this.capacity = capacity;
  }

  void add(String id) {
    long hash = hash(id);
    if (!isSampled(hash) || !insert(hash)) {
      return;
    }
    if (size > capacity) {
      depth++;
      rebuild(slots.length);
    } else if (2 * size > slots.length) {
      rebuild(2 * slots.length);
    }
  }

  /** The number of distinct strings; an estimate once more than the capacity were added. */
  long count() {
    return (long) size << depth;
  }

  private boolean isSampled(long hash) {
    return Long.numberOfLeadingZeros(hash) >= depth;
  }

  private boolean insert(long hash) {
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    while (slots[slot] != 0) {
      if (slots[slot] == hash) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = hash;
    size++;
    return true;
  }

  private void rebuild(int length) {
    long[] old = slots;
    slots = new long[length];
    size = 0;
    for (long hash : old) {
      if (hash != 0 && isSampled(hash)) {
        insert(hash);
      }
    }
  }

  private static long hash(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    hash = SplitMix64.mix(hash);
    return hash == 0 ? 1 : hash;
  }
}
