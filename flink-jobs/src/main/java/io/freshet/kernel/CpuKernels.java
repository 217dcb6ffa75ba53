// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import java.util.Arrays;

/** The kernels of the processor: {@link RowLoops} spread over threads. */
final class CpuKernels implements Kernels {

  static final RowLoops FASTEST = fastestLoops();

  static final CpuKernels SINGLE = new CpuKernels(FASTEST, 1);

  private static final float EPSILON = 1e-8f;

  private static final double SMALLEST_NORM = 1e-12;

  /** Indices that are worth handing to another thread. */
  private static final int RANGE = 1024;

  /** Elements of an optimiser step that are worth handing to another thread. */
  private static final int ELEMENTS = 1 << 16;

  /** Sparse entries that are worth handing to another thread. */
  private static final int ENTRIES = 1 << 12;

  /** Rows that one partial sum of a transposed product covers. */
  private static final int TRANSPOSED_ROWS = 1 << 12;

  private final RowLoops loops;
  private final Workers workers;

  CpuKernels(RowLoops loops, int threads) {
    this.loops = loops;
    this.workers = new Workers(threads);
  }

  private static RowLoops fastestLoops() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return new ScalarLoops();
    }
    try {
      return (RowLoops)
          Class.forName("io.freshet.kernel.VectorLoops").getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      // A later JDK may change the incubating module; the plain loops always work.
      return new ScalarLoops();
    }
  }

  @Override
  public int threads() {
    return workers.threads();
  }

  @Override
  public String name() {
    return loops.name();
  }

  @Override
  public void forRange(int n, Range body) {
    workers.run(Workers.even(n, RANGE), body);
  }

  @Override
  public double sumRange(int n, RangeSum body) {
    double[] sums = new double[(n + RANGE - 1) / RANGE];
    forRange(n, (from, to) -> sums[from / RANGE] = body.of(from, to));
    double sum = 0;
    for (double part : sums) {
      sum += part;
    }
    return sum;
  }

  @Override
  public float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
    return loops.dot(n, x, xOffset, y, yOffset);
  }

  @Override
  public void axpy(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
    loops.axpy(n, alpha, x, xOffset, y, yOffset);
  }

  @Override
  public void sddmm(SparseRows a, int d, float[] x, float[] y, float[] out, boolean add) {
    workers.run(balanced(a), (from, to) -> loops.sddmm(a, from, to, d, x, y, out, add));
  }

  @Override
  public void spmm(SparseRows a, int d, float[] w, float[] y, float[] out, boolean add) {
    workers.run(balanced(a), (from, to) -> loops.spmm(a, from, to, d, w, y, out, add));
  }

  @Override
  public void inverseNorms(int rows, int d, float[] x, float[] out) {
    forRange(
        rows,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            double norm = Math.sqrt(loops.dot(d, x, r * d, x, r * d));
            out[r] = (float) (1 / Math.max(norm, SMALLEST_NORM));
          }
        });
  }

  @Override
  public void scaleRows(int rows, int d, float[] scale, float[] x, float[] out) {
    forRange(
        rows,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            float factor = scale[r];
            for (int i = r * d; i < (r + 1) * d; i++) {
              out[i] = factor * x[i];
            }
          }
        });
  }

  @Override
  public void gatherRows(int[] index, int count, int d, float[] from, float[] out) {
    for (int b = 0; b < count; b++) {
      System.arraycopy(from, index[b] * d, out, b * d, d);
    }
  }

  @Override
  public void scatterAddRows(int[] index, int count, int d, float[] rows, float[] into) {
    for (int b = 0; b < count; b++) {
      loops.axpy(d, 1f, rows, b * d, into, index[b] * d);
    }
  }

  @Override
  public void gemm(int n, int k, int c, float[] a, float[] b, float[] out) {
    workers.run(
        Workers.even(n, Gemm.BLOCK), (from, to) -> Gemm.multiply(from, to, k, c, a, b, out));
  }

  @Override
  public void gemmTransposed(int n, int k, int c, float[] a, float[] b, float[] out) {
    Arrays.fill(out, 0, k * c, 0f);
    int parts = (n + TRANSPOSED_ROWS - 1) / TRANSPOSED_ROWS;
    float[] partial = new float[parts * k * c];
    workers.run(
        Workers.even(n, TRANSPOSED_ROWS),
        (from, to) ->
            Gemm.multiplyTransposed(from, to, k, c, a, b, partial, from / TRANSPOSED_ROWS * k * c));
    for (int part = 0; part < parts; part++) {
      loops.axpy(k * c, 1f, partial, part * k * c, out, 0);
    }
  }

  @Override
  public void adam(AdamStep step, int n, float[] g, float[] p, float[] m, float[] v) {
    AdamStep.Factors factors = step.factors();
    workers.run(
        Workers.even(n, ELEMENTS), (from, to) -> loops.adam(factors, from, to, g, from, p, m, v));
  }

  @Override
  public void adamRows(
      AdamStep step, int[] index, int count, int d, float[] g, float[] p, float[] m, float[] v) {
    AdamStep.Factors factors = step.factors();
    forRange(
        count,
        (from, to) -> {
          for (int b = from; b < to; b++) {
            loops.adam(factors, index[b] * d, (index[b] + 1) * d, g, b * d, p, m, v);
          }
        });
  }

  @Override
  public float adaGrad(
      int n, float rate, float[] g, int gOffset, float[] x, int xOffset, float acc) {
    float grown = acc + dot(n, g, gOffset, g, gOffset) / n;
    axpy(n, -rate / ((float) Math.sqrt(grown) + EPSILON), g, gOffset, x, xOffset);
    return grown;
  }

  @Override
  public void adaGradAll(int rows, int d, float rate, float[] g, float[] p, float[] accumulators) {
    forRange(
        rows,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            accumulators[r] = adaGrad(d, rate, g, r * d, p, r * d, accumulators[r]);
          }
        });
  }

  @Override
  public void adaGradRows(
      int[] index, int count, int d, float rate, float[] g, float[] p, float[] accumulators) {
    forRange(
        count,
        (from, to) -> {
          for (int b = from; b < to; b++) {
            int r = index[b];
            accumulators[r] = adaGrad(d, rate, g, b * d, p, r * d, accumulators[r]);
          }
        });
  }

  @Override
  public int select(float[] scores, int n, int k, int[] outIndex) {
    return Selection.select(loops, scores, n, k, outIndex);
  }

  @Override
  public int topK(float[] scores, int n, int k, int[] outIndex, float[] outScore) {
    return Selection.topK(loops, scores, n, k, outIndex, outScore);
  }

  @Override
  public int rank(float[] scores, int n, int candidate) {
    float own = scores[candidate];
    if (!(own > Float.NEGATIVE_INFINITY)) {
      return 0;
    }
    // At least as high is the same as higher than the next lower number.
    return 1
        + loops.countAbove(scores, 0, candidate, Math.nextDown(own))
        + loops.countAbove(scores, candidate + 1, n, own);
  }

  @Override
  public DenseScorer newDenseScorer(int width, int maxScratchFloats) {
    return new BlasDenseScorer(width, maxScratchFloats);
  }

  /** Row ranges of about equal numbers of entries, which need not be the same for any threads. */
  private int[] balanced(SparseRows a) {
    int parts = Math.min(8 * workers.threads(), a.size() / ENTRIES + 1);
    if (workers.threads() == 1 || parts == 1) {
      return new int[] {0, a.rows()};
    }
    int[] bounds = new int[parts + 1];
    for (int part = 1; part < parts; part++) {
      int target = (int) ((long) a.size() * part / parts);
      int at = Arrays.binarySearch(a.start, target);
      bounds[part] = Math.max(bounds[part - 1], Math.min(a.rows(), at >= 0 ? at : -at - 1));
    }
    bounds[parts] = a.rows();
    return bounds;
  }
}
