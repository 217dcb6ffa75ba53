// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

/**
 * The contrastive loss between two views of the same nodes (van den Oord et al., 2018), the other
 * nodes of the batch being the negatives:
 *
 * <pre>mean_v -log( e^(cos(a_v, b_v) / t) / sum_w e^(cos(a_v, b_w) / t) )</pre>
 *
 * @param temperature t
 */
public record ReferenceInfoNce(double temperature) {

  /**
   * @param a first view (N, d)
   * @param b second view (N, d), row by row of the same nodes
   * @return gradients of a as {@code users}, of b as {@code items}
   */
  public LossGradients loss(double[][] a, double[][] b) {
    double[][] unitA = Rows.unit(a);
    double[][] unitB = Rows.unit(b);
    double[][] gradUnitA = Rows.zeros(a);
    double[][] gradUnitB = Rows.zeros(b);
    double loss = 0;
    for (int v = 0; v < a.length; v++) {
      // A cosine over t is at most 1 / t: taking that away keeps every exponent at or below 0.
      double sum = 0;
      for (double[] other : unitB) {
        sum += Math.exp((Rows.dot(unitA[v], other) - 1) / temperature);
      }
      loss += (Math.log(sum) - (Rows.dot(unitA[v], unitB[v]) - 1) / temperature) / a.length;
      for (int w = 0; w < b.length; w++) {
        double p = Math.exp((Rows.dot(unitA[v], unitB[w]) - 1) / temperature) / sum;
        double slope = (p - (v == w ? 1 : 0)) / (temperature * a.length);
        Rows.add(gradUnitA[v], slope, unitB[w]);
        Rows.add(gradUnitB[w], slope, unitA[v]);
      }
    }
    return new LossGradients(
        loss, Rows.unitBackward(a, gradUnitA), Rows.unitBackward(b, gradUnitB));
  }
}
