// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import io.freshet.kernel.InnerProductSearch;
import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;
import io.freshet.model.encoder.NodeRows;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Ranks all items for every user with tested rows, the user's train items left out, and measures
 * where the tested ones come.
 */
public final class SplitRanking {
  private final SparseRows train;
  private final SparseRows tested;
  private final int[] users;
  private final int k;
  private final Kernels kernels;

  /**
   * @param train rows by user of what is not ranked
   * @param tested rows by user of what should come first
   * @param k length of the lists
   */
  public SplitRanking(SparseRows train, SparseRows tested, int k, Kernels kernels) {
    this.train = train;
    this.tested = tested;
    this.k = k;
    this.kernels = kernels;
    this.users = IntStream.range(0, tested.rows()).filter(u -> tested.size(u) > 0).toArray();
  }

  /** Measures the lists that these rows give. */
  public SplitMetrics measure(NodeRows rows) {
    int[] top =
        InnerProductSearch.topK(kernels, k, rows.dim(), rows.users(), users, rows.items(), train);
    double[] gains = new double[k];
    double[] ideals = new double[k + 1];
    for (int r = 0; r < k; r++) {
      gains[r] = Math.log(2) / Math.log(r + 2);
      ideals[r + 1] = ideals[r] + gains[r];
    }
    double hitSum = 0;
    double recallSum = 0;
    double fullSum = 0;
    double ndcgSum = 0;
    BitSet wanted = new BitSet(tested.columns());
    for (int b = 0; b < users.length; b++) {
      int start = tested.start(users[b]);
      int end = tested.start(users[b] + 1);
      for (int p = start; p < end; p++) {
        wanted.set(tested.column(p));
      }
      int hits = 0;
      double gain = 0;
      for (int r = 0; r < k; r++) {
        int item = top[b * k + r];
        if (item >= 0 && wanted.get(item)) {
          hits++;
          gain += gains[r];
        }
      }
      int reachable = Math.min(end - start, k);
      hitSum += hits;
      recallSum += (double) hits / reachable;
      fullSum += (double) hits / (end - start);
      ndcgSum += gain / ideals[reachable];
      wanted.clear();
    }
    double n = Math.max(1, users.length);
    return new SplitMetrics(
        k, users.length, hitSum / k / n, recallSum / n, fullSum / n, ndcgSum / n);
  }
}
