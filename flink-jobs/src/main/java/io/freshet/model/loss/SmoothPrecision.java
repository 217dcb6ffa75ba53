// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.loss;

/**
 * Smooth Precision@K, the objective from which TopKGAT's layer is derived (WWW 2026, Eq. 7): {@code
 * -sigma((s_i - s_j) / T)} where j is the item at rank K of the user's list, so that s_j is the
 * user's top-K threshold. Who calls gives that item as the only negative of each edge.
 *
 * @param temperature T
 */
public record SmoothPrecision(double temperature) implements RankingLoss {

  public SmoothPrecision {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature must be positive, is " + temperature);
    }
  }

  @Override
  public double differentiate(int from, int to, int k, float[] positive, float[] negative) {
    double sum = 0;
    for (int e = from; e < to; e++) {
      double slope = 0;
      for (int j = e * k; j < e * k + k; j++) {
        double inside = Logistic.sigma((positive[e] - negative[j]) / temperature);
        sum -= inside / k;
        double error = inside * (1 - inside) / temperature / k;
        negative[j] = (float) error;
        slope += error;
      }
      positive[e] = (float) -slope;
    }
    return sum;
  }
}
