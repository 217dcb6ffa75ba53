// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import io.freshet.kernel.Kernels;

/**
 * The end of a {@link RankformerLayer} for the nodes of one side: {@code (1 - tau) x + tau agg / C}
 * with {@code C = max(0, pull) + max(0, -push)}. Where C is 0 nothing flows in.
 */
final class RankformerBlend {

  private final Rankformer options;
  private final int dim;
  private final Kernels kernels;

  private final float[] pull;
  private final float[] push;
  private final float[] pullGradient;
  private final float[] pushGradient;

  RankformerBlend(Rankformer options, int rows, int dim, Kernels kernels) {
    this.options = options;
    this.dim = dim;
    this.kernels = kernels;
    this.pull = new float[rows];
    this.push = new float[rows];
    this.pullGradient = new float[rows];
    this.pushGradient = new float[rows];
  }

  /** Sums of a row's positive and negative weights. */
  void set(int row, double pulled, double pushed) {
    pull[row] = (float) pulled;
    push[row] = (float) pushed;
  }

  float pullGradient(int row) {
    return pullGradient[row];
  }

  float pushGradient(int row) {
    return pushGradient[row];
  }

  /**
   * @param x rows as they entered the layer
   * @param out holds agg, receives the layer's rows
   */
  void forward(float[] x, float[] out) {
    float keep = (float) (1 - options.tau());
    kernels.forRange(
        pull.length,
        (from, to) -> {
          for (int n = from; n < to; n++) {
            float factor = factor(n);
            for (int c = n * dim; c < (n + 1) * dim; c++) {
              out[c] = keep * x[c] + factor * out[c];
            }
          }
        });
  }

  /**
   * @param above gradient of {@code out}
   * @param aggregate receives the gradient of agg
   * @param below receives the gradient of x by the share that stays
   */
  void backward(float[] x, float[] out, float[] above, float[] aggregate, float[] below) {
    float keep = (float) (1 - options.tau());
    kernels.forRange(
        pull.length,
        (from, to) -> {
          for (int n = from; n < to; n++) {
            float factor = factor(n);
            for (int c = n * dim; c < (n + 1) * dim; c++) {
              aggregate[c] = factor * above[c];
              below[c] = keep * above[c];
            }
            pullGradient[n] = 0;
            pushGradient[n] = 0;
            double normaliser = normaliser(n);
            if (options.normaliser() && normaliser > 0) {
              // tau agg / C is what out has beyond the share of x.
              double flown =
                  kernels.dot(dim, above, n * dim, out, n * dim)
                      - keep * kernels.dot(dim, above, n * dim, x, n * dim);
              float gradient = (float) (-flown / normaliser);
              pullGradient[n] = pull[n] > 0 ? gradient : 0f;
              pushGradient[n] = push[n] < 0 ? -gradient : 0f;
            }
          }
        });
  }

  private double normaliser(int row) {
    return options.normaliser() ? Math.max(0, pull[row]) + Math.max(0, -push[row]) : 1;
  }

  private float factor(int row) {
    double normaliser = normaliser(row);
    return normaliser > 0 ? (float) (options.tau() / normaliser) : 0f;
  }

  long bytes() {
    return 4L * Float.BYTES * pull.length;
  }
}
