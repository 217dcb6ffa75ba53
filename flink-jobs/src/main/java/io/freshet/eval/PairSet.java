// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import java.util.Arrays;

/** A set of (user, item) pairs without boxing: open addressing with linear probing. */
final class PairSet {
  private static final long FREE = -1L;

  private long[] table = new long[1024];
  private int size;

  PairSet() {
    Arrays.fill(table, FREE);
  }

  /** Adds a pair of non-negative numbers; returns whether it is new. */
  boolean add(int user, int item) {
    if (size * 2 >= table.length) {
      grow();
    }
    return insert(((long) user << Integer.SIZE) | item);
  }

  private boolean insert(long pair) {
    int mask = table.length - 1;
    // Fibonacci hashing: the high bits of the product depend on all bits of the pair.
    int slot = (int) ((pair * 0x9E3779B97F4A7C15L) >>> 33) & mask;
    while (table[slot] != FREE) {
      if (table[slot] == pair) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    table[slot] = pair;
    size++;
    return true;
  }

  private void grow() {
    long[] old = table;
    table = new long[old.length * 2];
    Arrays.fill(table, FREE);
    size = 0;
    for (long pair : old) {
      if (pair != FREE) {
        insert(pair);
      }
    }
  }
}
