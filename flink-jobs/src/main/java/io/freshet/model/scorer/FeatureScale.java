// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.scorer;

import java.util.Arrays;

/**
 * Running means and variances of features, to bring each to mean 0 and variance 1. Early rows count
 * for as much as there are, later ones a ten-thousandth each list, so the scale follows the stream.
 */
final class FeatureScale {

  private static final double SLOWEST = 1e-4;
  private static final double LEAST_VARIANCE = 1e-4;

  /** What lies further from the mean says no more. */
  private static final float BOUND = 5;

  private final int features;

  // Lists seen, then a mean and a variance per feature: what a checkpoint holds.
  private final float[] state;
  private final float[] inverse;

  FeatureScale(int features) {
    this.features = features;
    this.state = new float[1 + 2 * features];
    this.inverse = new float[features];
    Arrays.fill(inverse, 1);
  }

  float[] state() {
    return state;
  }

  /** To be called when the state was written to. */
  void restored() {
    for (int f = 0; f < features; f++) {
      inverse[f] = inverse(state[1 + features + f]);
    }
  }

  /** Learns from the rows of one list, x [n,features]. */
  void observe(float[] x, int n) {
    double rate = Math.max(SLOWEST, 1 / (1 + (double) state[0]));
    state[0]++;
    for (int f = 0; f < features; f++) {
      double sum = 0;
      double squares = 0;
      for (int at = f; at < n * features; at += features) {
        sum += x[at];
        squares += (double) x[at] * x[at];
      }
      double mean = state[1 + f] + rate * (sum / n - state[1 + f]);
      double spread = squares / n - 2 * mean * sum / n + mean * mean;
      int variance = 1 + features + f;
      state[1 + f] = (float) mean;
      state[variance] += (float) (rate * (spread - state[variance]));
      inverse[f] = inverse(state[variance]);
    }
  }

  /** {@code out = (x - mean) / deviation}, bounded; x itself before the first list. [n,features] */
  void apply(float[] x, int n, float[] out) {
    if (state[0] == 0) {
      System.arraycopy(x, 0, out, 0, n * features);
      return;
    }
    for (int row = 0; row < n; row++) {
      for (int f = 0; f < features; f++) {
        int at = row * features + f;
        float value = (x[at] - state[1 + f]) * inverse[f];
        out[at] = Math.max(-BOUND, Math.min(BOUND, value));
      }
    }
  }

  private static float inverse(float variance) {
    return (float) (1 / Math.sqrt(Math.max(variance, LEAST_VARIANCE)));
  }
}
