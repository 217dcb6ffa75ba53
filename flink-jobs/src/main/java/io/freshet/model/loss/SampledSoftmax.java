// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.loss;

/**
 * Softmax over an edge and its negatives (Bengio and Senecal, 2008): {@code -log(e^(s_i/T) /
 * (e^(s_i/T) + sum_j e^(s_j/T)))}.
 *
 * @param temperature T
 */
public record SampledSoftmax(double temperature) implements RankingLoss {

  public SampledSoftmax {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature must be positive, is " + temperature);
    }
  }

  @Override
  public double differentiate(int from, int to, int k, float[] positive, float[] negative) {
    double sum = 0;
    for (int e = from; e < to; e++) {
      double highest = positive[e];
      for (int j = e * k; j < e * k + k; j++) {
        highest = Math.max(highest, negative[j]);
      }
      double own = Math.exp((positive[e] - highest) / temperature);
      double total = own;
      for (int j = e * k; j < e * k + k; j++) {
        total += Math.exp((negative[j] - highest) / temperature);
      }
      sum += Math.log(total) - (positive[e] - highest) / temperature;
      positive[e] = (float) ((own / total - 1) / temperature);
      for (int j = e * k; j < e * k + k; j++) {
        double share = Math.exp((negative[j] - highest) / temperature) / total;
        negative[j] = (float) (share / temperature);
      }
    }
    return sum;
  }
}
