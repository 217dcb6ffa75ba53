// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

/**
 * Softmax over an edge's item and K sampled ones, with dot products as scores:
 *
 * <pre>mean_e -log( e^(s_ui / T) / (e^(s_ui / T) + sum_k e^(s_uj_k / T)) )</pre>
 *
 * <p>No correction for the sampling distribution, and none for a negative that is the item itself.
 *
 * @param temperature T
 */
public record ReferenceSampledSoftmax(double temperature) {

  /**
   * @param users final vectors (n, d)
   * @param items final vectors (m, d)
   * @param negatives K items of each edge (E, K), or one row (1, K) that all edges share
   */
  public LossGradients loss(EdgeList g, double[][] users, double[][] items, int[][] negatives) {
    double loss = 0;
    double[][] gradUsers = Rows.zeros(users);
    double[][] gradItems = Rows.zeros(items);
    for (int e = 0; e < g.size(); e++) {
      int u = g.user()[e];
      int i = g.item()[e];
      int[] sampled = negatives[negatives.length == 1 ? 0 : e];
      double positive = Rows.dot(users[u], items[i]) / temperature;
      double max = positive;
      for (int j : sampled) {
        max = Math.max(max, Rows.dot(users[u], items[j]) / temperature);
      }
      double sum = Math.exp(positive - max);
      for (int j : sampled) {
        sum += Math.exp(Rows.dot(users[u], items[j]) / temperature - max);
      }
      loss += (Math.log(sum) + max - positive) / g.size();
      double scale = 1 / (temperature * g.size());
      double slope = scale * (Math.exp(positive - max) / sum - 1);
      Rows.add(gradUsers[u], slope, items[i]);
      Rows.add(gradItems[i], slope, users[u]);
      for (int j : sampled) {
        double p = Math.exp(Rows.dot(users[u], items[j]) / temperature - max) / sum;
        Rows.add(gradUsers[u], scale * p, items[j]);
        Rows.add(gradItems[j], scale * p, users[u]);
      }
    }
    return new LossGradients(loss, gradUsers, gradItems);
  }
}
