// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import java.util.Arrays;

/** Growable rows of ints, one row a user, each in the order of appending. */
final class IntRows {
  private static final int[] EMPTY = {};

  private int[][] rows = new int[0][];
  private int[] sizes = new int[0];

  void append(int row, int value) {
    if (row >= rows.length) {
      int length = Math.max(row + 1, rows.length * 2);
      int from = rows.length;
      rows = Arrays.copyOf(rows, length);
      Arrays.fill(rows, from, length, EMPTY);
      sizes = Arrays.copyOf(sizes, length);
    }
    if (sizes[row] == rows[row].length) {
      rows[row] = Arrays.copyOf(rows[row], Math.max(4, sizes[row] * 2));
    }
    rows[row][sizes[row]++] = value;
  }

  int size(int row) {
    return row < sizes.length ? sizes[row] : 0;
  }

  int get(int row, int index) {
    return rows[row][index];
  }
}
