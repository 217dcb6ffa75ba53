// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

/**
 * A smooth Precision@K with a threshold b_u per user, which TopKGAT (WWW 2026, Eq. 7) starts from,
 * as a loss. An item is in the list as far as {@code sigma((s_ui - b_u) / T)} says, and a penalty
 * holds the threshold where the whole list is K long:
 *
 * <pre>
 * mean_u  -(1/K) sum_{i in N_u} sigma((s_ui - b_u) / T)
 *         + lambda ((1/K) sum_{all i} sigma((s_ui - b_u) / T) - 1)^2
 * </pre>
 *
 * <p>The mean is over all n users; in N_u a repeated edge counts each time.
 *
 * @param k length of the list
 * @param temperature T
 * @param lambda weight of the penalty
 */
public record ReferencePrecisionAtK(int k, double temperature, double lambda) {

  /**
   * @param thresholds gradient of each user's threshold (n)
   */
  public record Result(double loss, double[][] users, double[][] items, double[] thresholds) {}

  /**
   * @param users final vectors (n, d)
   * @param items final vectors (m, d)
   * @param thresholds b_u of each user (n)
   */
  public Result loss(EdgeList g, double[][] users, double[][] items, double[] thresholds) {
    double loss = 0;
    double[][] gradUsers = Rows.zeros(users);
    double[][] gradItems = Rows.zeros(items);
    double[] gradThresholds = new double[thresholds.length];
    double share = 1.0 / (g.users() * (double) k);
    for (int u = 0; u < g.users(); u++) {
      double[] slopes = new double[g.items()];
      for (int i : g.itemsOf(u)) {
        loss -= share * inList(users[u], items[i], thresholds[u]);
        slopes[i] -= share;
      }
      double excess = -1;
      for (double[] item : items) {
        excess += inList(users[u], item, thresholds[u]) / k;
      }
      loss += lambda * excess * excess / g.users();
      for (int i = 0; i < g.items(); i++) {
        slopes[i] += 2 * lambda * excess * share;
        double s = inList(users[u], items[i], thresholds[u]);
        double slope = slopes[i] * s * (1 - s) / temperature;
        Rows.add(gradUsers[u], slope, items[i]);
        Rows.add(gradItems[i], slope, users[u]);
        gradThresholds[u] -= slope;
      }
    }
    return new Result(loss, gradUsers, gradItems, gradThresholds);
  }

  private double inList(double[] user, double[] item, double threshold) {
    return Logistic.sigmoid((Rows.dot(user, item) - threshold) / temperature);
  }
}
