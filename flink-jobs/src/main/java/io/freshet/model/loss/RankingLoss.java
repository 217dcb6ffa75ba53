// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.loss;

/** A loss of an edge's score {@code s_i} against the scores {@code s_j} of its k negatives. */
public interface RankingLoss {

  /**
   * Takes scores and leaves their gradients in their place, for the edges [from, to).
   *
   * @param positive s_i of edge e at e
   * @param negative s_j of edge e at e k to e k + k - 1
   * @return the sum of the losses
   */
  double differentiate(int from, int to, int k, float[] positive, float[] negative);
}
