// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

/** The pairwise loss of the papers' training protocol, and its regularisation. */
public final class ReferenceBpr {

  private ReferenceBpr() {}

  /**
   * {@code mean_e softplus(s_uj - s_ui)} with dot products as scores (Rendle et al., 2009).
   *
   * @param users final vectors (n, d)
   * @param items final vectors (m, d)
   * @param negatives item j of each edge
   */
  public static LossGradients loss(
      EdgeList g, double[][] users, double[][] items, int[] negatives) {
    double loss = 0;
    double[][] gradUsers = Rows.zeros(users);
    double[][] gradItems = Rows.zeros(items);
    for (int e = 0; e < g.size(); e++) {
      int u = g.user()[e];
      int i = g.item()[e];
      int j = negatives[e];
      double margin = Rows.dot(users[u], items[j]) - Rows.dot(users[u], items[i]);
      loss += Logistic.softplus(margin) / g.size();
      double slope = Logistic.sigmoid(margin) / g.size();
      Rows.add(gradUsers[u], slope, items[j]);
      Rows.add(gradUsers[u], -slope, items[i]);
      Rows.add(gradItems[j], slope, users[u]);
      Rows.add(gradItems[i], -slope, users[u]);
    }
    return new LossGradients(loss, gradUsers, gradItems);
  }

  /**
   * {@code mean_e (|e_u|^2 + |e_i|^2 + |e_j|^2) / 2} on base embeddings: a node counts as often as
   * it takes part. Not yet multiplied by the regularisation weight.
   */
  public static LossGradients regularisation(
      EdgeList g, double[][] users, double[][] items, int[] negatives) {
    double loss = 0;
    double[][] gradUsers = Rows.zeros(users);
    double[][] gradItems = Rows.zeros(items);
    double share = 1.0 / g.size();
    for (int e = 0; e < g.size(); e++) {
      double[] u = users[g.user()[e]];
      double[] i = items[g.item()[e]];
      double[] j = items[negatives[e]];
      loss += share * (Rows.dot(u, u) + Rows.dot(i, i) + Rows.dot(j, j)) / 2;
      Rows.add(gradUsers[g.user()[e]], share, u);
      Rows.add(gradItems[g.item()[e]], share, i);
      Rows.add(gradItems[negatives[e]], share, j);
    }
    return new LossGradients(loss, gradUsers, gradItems);
  }
}
