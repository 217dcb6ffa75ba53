// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import java.util.Arrays;

/**
 * The rows of one cell back to back, so that a scan streams over them. It grows by an eighth and
 * shrinks when a fifth is free.
 */
final class Cell {

  private static final int LEAST = 8;

  private final int width;

  /** The rows' indices in the matrix, by slot. */
  int[] ids = {};

  /** [slots,width]. */
  float[] rows = {};

  int size;

  Cell(int width) {
    this.width = width;
  }

  /** Appends a row. */
  void add(int id, float[] from, int offset) {
    if (size == ids.length) {
      resize(size + Math.max(LEAST, size / 8));
    }
    ids[size] = id;
    System.arraycopy(from, offset, rows, size * width, width);
    size++;
  }

  /**
   * Takes a row out; the last one moves to its slot.
   *
   * @return the row that has the slot now, or -1 if it was the last
   */
  int remove(int slot) {
    size--;
    int moved = -1;
    if (slot < size) {
      moved = ids[size];
      ids[slot] = moved;
      System.arraycopy(rows, size * width, rows, slot * width, width);
    }
    if (ids.length - size > 2 * LEAST && 5 * size < 4 * ids.length) {
      resize(size + size / 8);
    }
    return moved;
  }

  long bytes() {
    return (long) Integer.BYTES * ids.length + (long) Float.BYTES * rows.length;
  }

  private void resize(int slots) {
    ids = Arrays.copyOf(ids, slots);
    rows = Arrays.copyOf(rows, Math.multiplyExact(slots, width));
  }
}
