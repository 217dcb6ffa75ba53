// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import java.util.Random;

/** Seeded matrices and the sparse shapes that kernels get wrong first. */
final class RandomMatrices {

  private final Random random;

  RandomMatrices(long seed) {
    random = new Random(seed);
  }

  /** Values in [-1, 1), a tenth of them exactly zero. */
  float[] dense(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextInt(10) == 0 ? 0 : 2 * random.nextFloat() - 1;
    }
    return values;
  }

  /**
   * Rows of uneven length with repeated pairs: every third row is empty, row 0 is the longest, and
   * the last column is never used unless it is the only one.
   */
  SparseRows sparse(int rows, int columns, int entries) {
    int[] start = new int[rows + 1];
    for (int e = 0; e < entries; e++) {
      int row = (int) (rows * Math.pow(random.nextDouble(), 3));
      start[(row % 3 == 2 ? row - 1 : row) + 1]++;
    }
    for (int r = 0; r < rows; r++) {
      start[r + 1] += start[r];
    }
    int[] column = new int[entries];
    for (int p = 0; p < entries; p++) {
      boolean again = p > 0 && random.nextInt(5) == 0;
      column[p] = again ? column[p - 1] : random.nextInt(Math.max(1, columns - 1));
    }
    return SparseRows.of(columns, start, column);
  }

  /** {@code count} indices below {@code bound} in any order; repeated ones unless distinct. */
  int[] indices(int count, int bound, boolean distinct) {
    return distinct
        ? random.ints(0, bound).distinct().limit(count).toArray()
        : random.ints(count, 0, bound).toArray();
  }
}
