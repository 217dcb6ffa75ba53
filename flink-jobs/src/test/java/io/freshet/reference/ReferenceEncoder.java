// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

/**
 * From base embeddings to final vectors, and back. An encoder remembers its last {@link #forward},
 * which {@link #backward} then differentiates; neither changes its arguments.
 */
public interface ReferenceEncoder {

  /**
   * @param users base embeddings (n, d)
   * @param items base embeddings (m, d)
   * @param thresholds raw thresholds (n, L), before tanh; null for none, which acts as zeros
   */
  Final forward(EdgeList g, double[][] users, double[][] items, double[][] thresholds);

  /**
   * @param gradFinalUsers gradient of a loss with respect to the final user vectors (n, d)
   * @param gradFinalItems the same for items (m, d)
   * @return the gradient with respect to what the last {@link #forward} was given
   */
  Gradients backward(double[][] gradFinalUsers, double[][] gradFinalItems);

  /** A vector per user (n, d) and per item (m, d). */
  record Final(double[][] users, double[][] items) {}

  /**
   * Gradients in the shapes of the parameters.
   *
   * @param thresholds null when the forward pass was given none
   */
  record Gradients(double[][] users, double[][] items, double[][] thresholds) {}
}
