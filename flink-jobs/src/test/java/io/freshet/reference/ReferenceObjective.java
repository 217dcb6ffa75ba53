// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

/**
 * The objective of a full-batch step of the papers' protocol: {@code bpr + regLambda * reg}, one
 * negative per edge, differentiated back to the base embeddings and the raw thresholds.
 *
 * @param encoder what makes the final vectors
 * @param regLambda weight of the regularisation of the base embeddings
 */
public record ReferenceObjective(ReferenceEncoder encoder, double regLambda) {

  /**
   * @param loss the sum of both terms
   * @param bpr the pairwise loss alone
   * @param reg the regularisation before its weight
   */
  public record Step(double loss, double bpr, double reg, ReferenceEncoder.Gradients gradients) {}

  /**
   * @param users base embeddings (n, d)
   * @param items base embeddings (m, d)
   * @param thresholds raw thresholds (n, L) or null
   * @param negatives item j of each edge
   */
  public Step evaluate(
      EdgeList g, double[][] users, double[][] items, double[][] thresholds, int[] negatives) {
    ReferenceEncoder.Final f = encoder.forward(g, users, items, thresholds);
    LossGradients bpr = ReferenceBpr.loss(g, f.users(), f.items(), negatives);
    LossGradients reg = ReferenceBpr.regularisation(g, users, items, negatives);
    ReferenceEncoder.Gradients gradients = encoder.backward(bpr.users(), bpr.items());
    Rows.add(gradients.users(), regLambda, reg.users());
    Rows.add(gradients.items(), regLambda, reg.items());
    return new Step(bpr.loss() + regLambda * reg.loss(), bpr.loss(), reg.loss(), gradients);
  }
}
