// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

import io.freshet.kernel.AdamStep;
import io.freshet.kernel.DenseScorer;
import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;

/**
 * Kernels that note what they were asked for, so that the floor of an epoch follows from the calls
 * that it makes, whatever the encoder. What runs inside {@link #forRange} is not known and counts
 * for nothing. Called by one thread, as encoders and trainers do.
 */
final class TalliedKernels implements Kernels {

  private final Kernels kernels;
  private final int users;
  private Cost cost = Cost.NONE;
  private long nanos;

  /**
   * @param users rows of the users' table, to tell a gather from it from one from the items' table
   */
  TalliedKernels(Kernels kernels, int users) {
    this.kernels = kernels;
    this.users = users;
  }

  /** What was asked for since the last {@link #reset}. */
  Cost cost() {
    return cost;
  }

  /** Nanoseconds spent in calls that cost something since the last {@link #reset}. */
  long nanos() {
    return nanos;
  }

  void reset() {
    cost = Cost.NONE;
    nanos = 0;
  }

  private void count(Cost added, Runnable call) {
    long start = System.nanoTime();
    call.run();
    nanos += System.nanoTime() - start;
    cost = cost.plus(added);
  }

  private void countFloats(double floats, Runnable call) {
    count(Cost.streamed(Float.BYTES * floats), call);
  }

  private void countEdges(SparseRows a, double streamedFloats, Runnable call) {
    double bytes = Float.BYTES * streamedFloats + a.bytes();
    count(
        a.columns() == users ? new Cost(bytes, 0, a.size(), 0) : new Cost(bytes, a.size(), 0, 0),
        call);
  }

  @Override
  public void sddmm(SparseRows a, int d, float[] x, float[] y, float[] out, boolean add) {
    double floats = (double) a.rows() * d + (add ? 2.0 : 1.0) * a.size();
    countEdges(a, floats, () -> kernels.sddmm(a, d, x, y, out, add));
  }

  @Override
  public void spmm(SparseRows a, int d, float[] w, float[] y, float[] out, boolean add) {
    double floats = (add ? 2.0 : 1.0) * a.rows() * d + a.size();
    countEdges(a, floats, () -> kernels.spmm(a, d, w, y, out, add));
  }

  @Override
  public void inverseNorms(int rows, int d, float[] x, float[] out) {
    countFloats(rows * (d + 1.0), () -> kernels.inverseNorms(rows, d, x, out));
  }

  @Override
  public void scaleRows(int rows, int d, float[] scale, float[] x, float[] out) {
    countFloats(rows * (2.0 * d + 1), () -> kernels.scaleRows(rows, d, scale, x, out));
  }

  @Override
  public void gatherRows(int[] index, int count, int d, float[] from, float[] out) {
    countFloats(2.0 * count * d, () -> kernels.gatherRows(index, count, d, from, out));
  }

  @Override
  public void scatterAddRows(int[] index, int count, int d, float[] rows, float[] into) {
    countFloats(3.0 * count * d, () -> kernels.scatterAddRows(index, count, d, rows, into));
  }

  @Override
  public void gemm(int n, int k, int c, float[] a, float[] b, float[] out) {
    count(dense(n, k, c), () -> kernels.gemm(n, k, c, a, b, out));
  }

  @Override
  public void gemmTransposed(int n, int k, int c, float[] a, float[] b, float[] out) {
    count(dense(n, k, c), () -> kernels.gemmTransposed(n, k, c, a, b, out));
  }

  private static Cost dense(double n, double k, double c) {
    return new Cost(Float.BYTES * n * (k + c), 0, 0, 2 * n * k * c);
  }

  @Override
  public void adam(AdamStep step, int n, float[] g, float[] p, float[] m, float[] v) {
    countFloats(7.0 * n, () -> kernels.adam(step, n, g, p, m, v));
  }

  @Override
  public void adamRows(
      AdamStep step, int[] index, int count, int d, float[] g, float[] p, float[] m, float[] v) {
    countFloats(7.0 * count * d, () -> kernels.adamRows(step, index, count, d, g, p, m, v));
  }

  @Override
  public void adaGradAll(int rows, int d, float rate, float[] g, float[] p, float[] accumulators) {
    countFloats(3.0 * rows * d, () -> kernels.adaGradAll(rows, d, rate, g, p, accumulators));
  }

  @Override
  public void adaGradRows(
      int[] index, int count, int d, float rate, float[] g, float[] p, float[] accumulators) {
    countFloats(
        3.0 * count * d, () -> kernels.adaGradRows(index, count, d, rate, g, p, accumulators));
  }

  @Override
  public int threads() {
    return kernels.threads();
  }

  @Override
  public String name() {
    return kernels.name();
  }

  @Override
  public void forRange(int n, Range body) {
    kernels.forRange(n, body);
  }

  @Override
  public double sumRange(int n, RangeSum body) {
    return kernels.sumRange(n, body);
  }

  @Override
  public float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
    return kernels.dot(n, x, xOffset, y, yOffset);
  }

  @Override
  public void axpy(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
    kernels.axpy(n, alpha, x, xOffset, y, yOffset);
  }

  @Override
  public float adaGrad(
      int n, float rate, float[] g, int gOffset, float[] x, int xOffset, float acc) {
    return kernels.adaGrad(n, rate, g, gOffset, x, xOffset, acc);
  }

  @Override
  public int select(float[] scores, int n, int k, int[] outIndex) {
    return kernels.select(scores, n, k, outIndex);
  }

  @Override
  public int topK(float[] scores, int n, int k, int[] outIndex, float[] outScore) {
    return kernels.topK(scores, n, k, outIndex, outScore);
  }

  @Override
  public int rank(float[] scores, int n, int candidate) {
    return kernels.rank(scores, n, candidate);
  }

  @Override
  public DenseScorer newDenseScorer(int width, int maxScratchFloats) {
    return kernels.newDenseScorer(width, maxScratchFloats);
  }
}
