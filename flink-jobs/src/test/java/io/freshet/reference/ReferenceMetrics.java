// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

import java.util.Arrays;

/**
 * Measures of top-K lists in which train items are masked, as the mean over the users with a test
 * row. A repeated test row counts in {@code rows}, but an item is hit once.
 *
 * @param users how many users have a test row
 * @param precision hits / K
 * @param recall hits / min(rows, K), what the authors of TopKGAT and Rankformer report
 * @param recallFull hits / rows
 * @param ndcg gain 1 / log2(rank + 1), over that of min(rows, K) hits at the head
 */
public record ReferenceMetrics(
    int users, double precision, double recall, double recallFull, double ndcg) {

  /**
   * @param scores (n, m)
   * @param k length of the lists
   */
  public static ReferenceMetrics of(double[][] scores, EdgeList train, EdgeList test, int k) {
    int users = 0;
    double precision = 0;
    double recall = 0;
    double recallFull = 0;
    double ndcg = 0;
    for (int u = 0; u < scores.length; u++) {
      int[] rows = test.itemsOf(u);
      if (rows.length == 0) {
        continue;
      }
      int[] top = top(scores[u], train.itemsOf(u), k);
      int hits = 0;
      double gain = 0;
      for (int rank = 1; rank <= top.length; rank++) {
        if (contains(rows, top[rank - 1])) {
          hits++;
          gain += gain(rank);
        }
      }
      int reachable = Math.min(rows.length, k);
      double ideal = 0;
      for (int rank = 1; rank <= reachable; rank++) {
        ideal += gain(rank);
      }
      users++;
      precision += (double) hits / k;
      recall += (double) hits / reachable;
      recallFull += (double) hits / rows.length;
      ndcg += gain / ideal;
    }
    return new ReferenceMetrics(
        users, precision / users, recall / users, recallFull / users, ndcg / users);
  }

  /** The k items of the highest scores, best first; a lower id first among equals. */
  public static int[] top(double[] scores, int[] masked, int k) {
    Integer[] ids = new Integer[scores.length];
    Arrays.setAll(ids, i -> i);
    // The sort is stable, so equal scores stay in the order of their ids.
    Arrays.sort(ids, (a, b) -> Double.compare(scores[b], scores[a]));
    return Arrays.stream(ids).mapToInt(i -> i).filter(i -> !contains(masked, i)).limit(k).toArray();
  }

  private static double gain(int rank) {
    return Math.log(2) / Math.log(rank + 1);
  }

  private static boolean contains(int[] ids, int id) {
    return Arrays.stream(ids).anyMatch(other -> other == id);
  }
}
