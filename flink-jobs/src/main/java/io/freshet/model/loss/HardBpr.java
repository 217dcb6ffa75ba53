// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.loss;

/**
 * BPR against the hard end of the negatives: {@code softplus(T log mean_j e^(s_j/T) - s_i)}. For T
 * to 0 only the highest of the k negatives counts, which optimises a partial area under the curve
 * and so the top of the list (Shi et al., WWW 2023); for T to infinity it is BPR against their
 * mean.
 *
 * @param temperature T
 */
public record HardBpr(double temperature) implements RankingLoss {

  public HardBpr {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature must be positive, is " + temperature);
    }
  }

  @Override
  public double differentiate(int from, int to, int k, float[] positive, float[] negative) {
    double sum = 0;
    for (int e = from; e < to; e++) {
      double highest = Double.NEGATIVE_INFINITY;
      for (int j = e * k; j < e * k + k; j++) {
        highest = Math.max(highest, negative[j]);
      }
      double total = 0;
      for (int j = e * k; j < e * k + k; j++) {
        total += Math.exp((negative[j] - highest) / temperature);
      }
      double margin = highest + temperature * Math.log(total / k) - positive[e];
      sum += Logistic.softplus(margin);
      double error = Logistic.sigma(margin);
      positive[e] = (float) -error;
      for (int j = e * k; j < e * k + k; j++) {
        double share = Math.exp((negative[j] - highest) / temperature) / total;
        negative[j] = (float) (error * share);
      }
    }
    return sum;
  }
}
