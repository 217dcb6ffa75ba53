// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

/**
 * Prequential quality summed over tested events: once over all of them, once over the warm ones
 * (user and item both seen before). Totals of disjoint parts of a stream add up to the totals of
 * the whole.
 *
 * <p>Not thread safe.
 */
public final class QualityTotals {
  /** The rank of an item that could not be ranked: new to the stream, or in no list. */
  public static final int MISS = Integer.MAX_VALUE;

  private final RankTotals warm = new RankTotals();
  private final RankTotals all = new RankTotals();

  /**
   * Counts one tested event.
   *
   * @param rank 1 for the best; anything below 1, {@link #MISS} and any rank above 20 score nothing
   * @param isWarm whether both the user and the item had been seen before
   */
  public void add(int rank, boolean isWarm) {
    all.add(rank);
    if (isWarm) {
      warm.add(rank);
    }
  }

  /** Adds the sums of another part of the stream. */
  public void add(QualityTotals other) {
    warm.add(other.warm);
    all.add(other.all);
  }

  /** Means over the events whose user and item had both been seen before. */
  public RankMetrics warm() {
    return warm.metrics();
  }

  /** Means over every tested event. */
  public RankMetrics all() {
    return all.metrics();
  }
}
