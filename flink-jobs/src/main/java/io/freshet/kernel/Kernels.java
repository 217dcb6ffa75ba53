// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

/**
 * The primitives that the learner is written over. Rows live back to back in flat {@code float[]}
 * arrays and are named by their first position. Implementations hold no state between calls and may
 * be shared; what {@link #newDenseScorer} returns belongs to one thread.
 */
public interface Kernels {

  /** The kernels of the processor this JVM runs on. */
  static Kernels cpu() {
    return CpuKernels.INSTANCE;
  }

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
