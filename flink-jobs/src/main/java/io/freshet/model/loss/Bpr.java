// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.loss;

/**
 * Bayesian personalised ranking (Rendle et al., UAI 2009): {@code softplus(s_j - s_i)}, the mean
 * over the negatives.
 */
public record Bpr() implements RankingLoss {

  @Override
  public double differentiate(int from, int to, int k, float[] positive, float[] negative) {
    double sum = 0;
    for (int e = from; e < to; e++) {
      double slope = 0;
      for (int j = e * k; j < e * k + k; j++) {
        double margin = negative[j] - positive[e];
        sum += Logistic.softplus(margin) / k;
        double error = Logistic.sigma(margin) / k;
        negative[j] = (float) error;
        slope += error;
      }
      positive[e] = (float) -slope;
    }
    return sum;
  }
}
