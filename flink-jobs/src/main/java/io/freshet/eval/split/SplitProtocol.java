// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

/**
 * When to validate and when to stop.
 *
 * @param epochs how many at most
 * @param validateEvery epochs between two validations
 * @param patience validations in a row without a better NDCG after which training stops
 * @param k length of the lists
 */
public record SplitProtocol(int epochs, int validateEvery, int patience, int k) {

  public SplitProtocol {
    if (epochs < 1 || validateEvery < 1 || patience < 1 || k < 1) {
      throw new IllegalArgumentException(
          "epochs, validateEvery, patience and k must be positive, are "
              + epochs
              + ", "
              + validateEvery
              + ", "
              + patience
              + " and "
              + k);
    }
  }
}
