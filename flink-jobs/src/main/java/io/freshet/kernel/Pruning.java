// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

/**
 * How a {@link PruningScorer} prunes.
 *
 * @param exactUpTo rows up to which each one is scored
 * @param share of the rows that is looked at beyond
 * @param leastRows looked at even so
 */
public record Pruning(int exactUpTo, float share, int leastRows) {

  public Pruning {
    if (exactUpTo < 0 || leastRows < 1 || !(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "exactUpTo, share and leastRows are " + exactUpTo + ", " + share + " and " + leastRows);
    }
  }

  /** Rows to look at among so many. */
  int budget(int rows) {
    return Math.max(leastRows, (int) Math.round((double) share * rows));
  }
}
