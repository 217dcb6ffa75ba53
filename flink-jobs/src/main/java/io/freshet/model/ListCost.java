// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/**
 * What lists have cost, in nanoseconds by the clock on the wall.
 *
 * @param lists lists made or tested
 * @param scores the embedding's scores of all items
 * @param gather candidates of all channels
 * @param features of the candidates
 * @param network the scorer of candidates
 * @param pick the best of a list, or the ranks of what was tested
 */
public record ListCost(
    long lists, long scores, long gather, long features, long network, long pick) {

  /** What was added since an earlier cost. */
  public ListCost since(ListCost earlier) {
    return new ListCost(
        lists - earlier.lists,
        scores - earlier.scores,
        gather - earlier.gather,
        features - earlier.features,
        network - earlier.network,
        pick - earlier.pick);
  }
}
