// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import java.util.function.IntConsumer;

/**
 * The primitives that the learners are written over; another device implements these and none of
 * the models. A matrix [n,d] is a flat {@code float[]}, row after row. Implementations hold no
 * state between calls and may be shared; what {@link #newDenseScorer} returns belongs to one
 * thread.
 *
 * <p>What is spread over threads gives the same result for any number of them: an output element is
 * summed by one thread, in the order of the entries.
 */
public interface Kernels {

  /** The kernels of the processor this JVM runs on, all work on the calling thread. */
  static Kernels cpu() {
    return CpuKernels.SINGLE;
  }

  /**
   * The kernels of the processor this JVM runs on.
   *
   * @param threads how many threads share a call's work, the caller's among them
   */
  static Kernels cpu(int threads) {
    return threads == 1 ? CpuKernels.SINGLE : new CpuKernels(CpuKernels.FASTEST, threads);
  }

  /** Work on a range that writes nothing but what belongs to the range. */
  @FunctionalInterface
  interface Range {
    void run(int from, int to);
  }

  /** A sum over a range. */
  @FunctionalInterface
  interface RangeSum {
    double of(int from, int to);
  }

  /** How many threads share a call's work. */
  int threads();

  /** What the loops are made of, for reports. */
  String name();

  /** Runs {@code body} over [0, n), in ranges on several threads where that pays. */
  void forRange(int n, Range body);

  /** Calls {@code body} for each of [0, n); a call writes nothing but what belongs to its index. */
  default void forEach(int n, IntConsumer body) {
    forRange(
        n,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            body.accept(i);
          }
        });
  }

  /** The sum of {@code body} over [0, n): the same ranges, added in order, for any threads. */
  double sumRange(int n, RangeSum body);

  /**
   * Sampled dense-dense product: {@code out[e] (+)= <x_r, y_c>} for each entry e = (r, c).
   *
   * @param x [rows,d]
   * @param y [columns,d]
   * @param out one value per entry
   * @param add whether to add to what {@code out} holds
   */
  void sddmm(SparseRows a, int d, float[] x, float[] y, float[] out, boolean add);

  /**
   * Sparse-dense product: {@code out_r (+)= sum of w_e y_c} over the entries e = (r, c) of row r.
   *
   * @param w one weight per entry
   * @param y [columns,d]
   * @param out [rows,d]; not {@code y}
   * @param add whether to add to what {@code out} holds; otherwise empty rows become zero
   */
  void spmm(SparseRows a, int d, float[] w, float[] y, float[] out, boolean add);

  /** {@code out_r = 1 / max(|x_r|, 1e-12)} for {@code rows} rows of x [rows,d]. */
  void inverseNorms(int rows, int d, float[] x, float[] out);

  /**
   * {@code out_r = scale_r * x_r} for {@code rows} rows of x [rows,d]; in place if both are one.
   */
  void scaleRows(int rows, int d, float[] scale, float[] x, float[] out);

  /**
   * Carries a gradient back through {@code z_r = x_r / |x_r|}: {@code out_r += (g_r - <z_r, g_r>
   * z_r) / |x_r|} for each row.
   *
   * @param inverse {@code 1 / |x_r|}, as {@link #inverseNorms} gives it
   * @param z [rows,d], the normalised rows
   * @param g [rows,d], the gradient of z
   */
  default void addNormGradient(int d, float[] inverse, float[] z, float[] g, float[] out) {
    forEach(
        inverse.length,
        r -> {
          float along = dot(d, z, r * d, g, r * d);
          axpy(d, inverse[r], g, r * d, out, r * d);
          axpy(d, -inverse[r] * along, z, r * d, out, r * d);
        });
  }

  /** {@code out_b = from_(index_b)} for {@code count} rows. */
  void gatherRows(int[] index, int count, int d, float[] from, float[] out);

  /** {@code into_(index_b) += rows_b} for {@code count} rows; a repeated index adds up in order. */
  void scatterAddRows(int[] index, int count, int d, float[] rows, float[] into);

  /** {@code out = a b} for a [n,k], b [k,c], out [n,c]; meant for large n and small k, c. */
  void gemm(int n, int k, int c, float[] a, float[] b, float[] out);

  /** {@code out = a^T b} for a [n,k], b [n,c], out [k,c]; meant for large n and small k, c. */
  void gemmTransposed(int n, int k, int c, float[] a, float[] b, float[] out);

  /** Adam over the first {@code n} elements: gradient g, parameters p, moments m and v. */
  void adam(AdamStep step, int n, float[] g, float[] p, float[] m, float[] v);

  /**
   * Adam over some rows alone; the others keep their moments as they are.
   *
   * @param index distinct rows of p, m and v
   * @param g [count,d], the gradient of row {@code index[b]} at b
   */
  void adamRows(
      AdamStep step, int[] index, int count, int d, float[] g, float[] p, float[] m, float[] v);

  /**
   * {@link #adaGrad(int, float, float[], int, float[], int, float)} over {@code rows} rows.
   *
   * @param accumulators one per row
   */
  void adaGradAll(int rows, int d, float rate, float[] g, float[] p, float[] accumulators);

  /** The same over some rows alone: {@code index} distinct rows of p, g [count,d]. */
  void adaGradRows(
      int[] index, int count, int d, float rate, float[] g, float[] p, float[] accumulators);

  /** The inner product of two rows of {@code n} values. */
  float dot(int n, float[] x, int xOffset, float[] y, int yOffset);

  /** {@code y += alpha * x} for two rows of {@code n} values. */
  void axpy(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * One AdaGrad step on a row with a single accumulator: {@code acc += mean(g^2)}, then {@code x -=
   * rate * g / (sqrt(acc) + eps)} (Duchi et al., 2011, with the diagonal reduced to its mean, which
   * costs four bytes a row instead of doubling it).
   *
   * @return the new accumulator; the gradient is left as it was
   */
  float adaGrad(int n, float rate, float[] g, int gOffset, float[] x, int xOffset, float acc);

  /**
   * Selects the highest of {@code scores[0..n)}, in the order of their indices. Among equal scores
   * the lower index wins; NaN and negative infinity are never selected.
   *
   * @param k how many at most; the output needs room for {@code k}
   * @return how many were selected, fewer than {@code k} when fewer qualify
   */
  int select(float[] scores, int n, int k, int[] outIndex);

  /**
   * Selects the highest of {@code scores[0..n)}, best first. Among equal scores the lower index
   * wins; NaN and negative infinity are never selected.
   *
   * @param k how many at most; both outputs need room for {@code k}
   * @return how many were selected, fewer than {@code k} when fewer qualify
   */
  int topK(float[] scores, int n, int k, int[] outIndex, float[] outScore);

  /**
   * The rank of one candidate among {@code scores[0..n)}: 1 + how many score higher + how many
   * score the same at a lower index. NaN and negative infinity rank nowhere and outrank nobody.
   *
   * @return the rank from 1, or 0 when the candidate itself is NaN or negative infinity
   */
  int rank(float[] scores, int n, int candidate);

  /**
   * A matrix of rows that is multiplied with small batches of vectors.
   *
   * @param width values per row
   * @param maxScratchFloats bound on the buffer that holds a batch's scores; one vector's scores
   *     are always held, however many rows there are
   */
  DenseScorer newDenseScorer(int width, int maxScratchFloats);
}
