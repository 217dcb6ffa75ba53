// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

/**
 * The inner loops of {@link CpuKernels}, over a range of rows on the calling thread. Two
 * implementations compute the same thing: plain loops, and the Vector API where its module is
 * there.
 */
interface RowLoops {

  /** The most values that one vector of any machine holds. */
  int LANES = 64;

  float dot(int n, float[] x, int xOffset, float[] y, int yOffset);

  /** {@code out[outFrom + r] = <x_(first + r), v>} for each r in [0, rows), v from vFrom on. */
  void dots(int rows, int d, float[] x, int first, float[] v, int vFrom, float[] out, int outFrom);

  void axpy(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset);

  /** {@code out[e] (+)= <x_r, y_c>} for the entries e = (r, c) of rows [from, to). */
  void sddmm(SparseRows a, int from, int to, int d, float[] x, float[] y, float[] out, boolean add);

  /** {@code out_r (+)= sum of w_e y_c} over the entries e = (r, c) of each row r in [from, to). */
  void spmm(SparseRows a, int from, int to, int d, float[] w, float[] y, float[] out, boolean add);

  /** Adam over the elements [from, to). */
  void adam(
      AdamStep.Factors step,
      int from,
      int to,
      float[] g,
      int gFrom,
      float[] p,
      float[] m,
      float[] v);

  /** How many of the values [from, to) are higher than the bound; NaN is not. */
  int countAbove(float[] values, int from, int to, float bound);

  /**
   * {@code highest[j]} becomes the highest of it and of {@code values[j], values[j + m], ...} below
   * {@code n}; NaN is never the highest.
   *
   * @param m length of {@code highest}, a multiple of {@link #LANES}
   */
  void raise(float[] values, int n, int m, float[] highest);

  /**
   * Writes the indices of the values [from, to) that are not below the bound, in order.
   *
   * @param out receives them from {@code at} on
   * @return the place behind the last
   */
  int collect(float[] values, int from, int to, float bound, int[] out, int at);

  /** The name that benchmarks print. */
  String name();
}
