// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

/**
 * Sums of the ranking metrics over one class of tested events. Sums, not means, so that windows add
 * up to the whole.
 */
final class RankTotals {
  private static final int CUTOFF = 20;
  private static final int SHORT_CUTOFF = 10;

  /** {@code GAIN[r] = 1 / log2(r + 1)}: the NDCG of a list whose only relevant item has rank r. */
  private static final double[] GAIN = new double[CUTOFF + 1];

  static {
    for (int rank = 1; rank <= CUTOFF; rank++) {
      GAIN[rank] = Math.log(2) / Math.log(rank + 1.0);
    }
  }

  private long n;
  private long hits20;
  private long hits10;
  private double ndcg20;

  void add(int rank) {
    n++;
    if (rank < 1 || rank > CUTOFF) {
      return;
    }
    hits20++;
    ndcg20 += GAIN[rank];
    if (rank <= SHORT_CUTOFF) {
      hits10++;
    }
  }

  void add(RankTotals other) {
    n += other.n;
    hits20 += other.hits20;
    hits10 += other.hits10;
    ndcg20 += other.ndcg20;
  }

  RankMetrics metrics() {
    double by = Math.max(n, 1);
    return new RankMetrics(hits20 / by, ndcg20 / by, hits10 / by, n);
  }
}
