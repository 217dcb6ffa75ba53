// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.loss;

import io.freshet.kernel.Kernels;
import java.util.Arrays;

/**
 * InfoNCE between two views of the same nodes (van den Oord et al., 2018), each node's other view
 * against those of all other nodes:
 *
 * <pre>{@code
 * mean_v -log(e^(cos(a_v, b_v) / t) / sum_w e^(cos(a_v, b_w) / t))
 * }</pre>
 *
 * Three dense products; holds an [n,n] matrix between calls. Used by one thread.
 */
public final class InfoNce {

  private final double temperature;
  private final Kernels kernels;
  private float[] shares = new float[0];

  /**
   * @param temperature t, positive
   */
  public InfoNce(double temperature, Kernels kernels) {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature must be positive, is " + temperature);
    }
    this.temperature = temperature;
    this.kernels = kernels;
  }

  /**
   * @param first one view [n,d]
   * @param second the other view [n,d]
   * @param firstGradient receives the gradient of {@code first}
   * @param secondGradient receives the gradient of {@code second}
   */
  public double compute(
      int n, int d, float[] first, float[] second, float[] firstGradient, float[] secondGradient) {
    if (n == 0) {
      return 0;
    }
    if (shares.length < n * n) {
      shares = new float[n * n];
    }
    float[] firstInverse = new float[n];
    float[] secondInverse = new float[n];
    float[] a = new float[n * d];
    float[] b = new float[n * d];
    kernels.inverseNorms(n, d, first, firstInverse);
    kernels.inverseNorms(n, d, second, secondInverse);
    kernels.scaleRows(n, d, firstInverse, first, a);
    kernels.scaleRows(n, d, secondInverse, second, b);
    kernels.gemm(n, d, n, a, transposed(n, d, b), shares);
    double loss = kernels.sumRange(n, (from, to) -> differentiate(from, to, n)) / n;
    float[] unitGradient = new float[n * d];
    kernels.gemm(n, n, d, shares, b, unitGradient);
    Arrays.fill(firstGradient, 0, n * d, 0f);
    kernels.addNormGradient(d, firstInverse, a, unitGradient, firstGradient);
    kernels.gemmTransposed(n, n, d, shares, a, unitGradient);
    Arrays.fill(secondGradient, 0, n * d, 0f);
    kernels.addNormGradient(d, secondInverse, b, unitGradient, secondGradient);
    return loss;
  }

  /** From cosines to {@code (share - [v = w]) / (t n)}. */
  private double differentiate(int from, int to, int n) {
    double loss = 0;
    for (int v = from; v < to; v++) {
      double own = shares[v * n + v];
      double sum = 0;
      for (int w = v * n; w < v * n + n; w++) {
        // No cosine is over 1, so no exponent is over 0.
        double power = Math.exp((shares[w] - 1) / temperature);
        sum += power;
        shares[w] = (float) power;
      }
      loss += Math.log(sum) - (own - 1) / temperature;
      float scale = (float) (1 / (sum * temperature * n));
      for (int w = v * n; w < v * n + n; w++) {
        shares[w] *= scale;
      }
      shares[v * n + v] -= (float) (1 / (temperature * n));
    }
    return loss;
  }

  private static float[] transposed(int n, int d, float[] a) {
    float[] out = new float[n * d];
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < d; column++) {
        out[column * n + row] = a[row * d + column];
      }
    }
    return out;
  }
}
