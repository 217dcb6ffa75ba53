// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

import io.freshet.kernel.SparseRows;
import io.freshet.model.SplitMix;
import io.freshet.model.encoder.BipartiteGraph;

/**
 * A random graph whose degrees follow a power law on either side, with the users and items per edge
 * of Ali-Display (17,730 and 10,036 for 121 thousand edges). The node at popularity rank r of n has
 * a share of the edges in proportion to r^(1/skew - 1); numbers are unrelated to ranks, so that the
 * popular rows do not lie side by side. Pairs may repeat.
 *
 * @param edges how many edges
 */
record PowerLawGraph(int edges) {

  private static final double USERS_PER_EDGE = 17_730 / 121_000.0;
  private static final double ITEMS_PER_EDGE = 10_036 / 121_000.0;
  private static final double USER_SKEW = 2;
  static final double ITEM_SKEW = 3;

  PowerLawGraph {
    if (edges < 1) {
      throw new IllegalArgumentException("a graph needs an edge, not " + edges);
    }
  }

  int users() {
    return (int) Math.ceil(edges * USERS_PER_EDGE);
  }

  int items() {
    return (int) Math.ceil(edges * ITEMS_PER_EDGE);
  }

  /** Makes the graph; each user has an edge at least. The same seed gives the same graph. */
  BipartiteGraph generate(long seed) {
    int users = users();
    SplitMix random = new SplitMix(seed);
    int[] userOfRank = permutation(users, random);
    int[] start = new int[users + 1];
    for (int e = 0; e < edges; e++) {
      int user = e < users ? e : userOfRank[rank(users, USER_SKEW, random)];
      start[user + 1]++;
    }
    for (int u = 0; u < users; u++) {
      start[u + 1] += start[u];
    }
    int items = items();
    int[] itemOfRank = permutation(items, random);
    int[] column = new int[edges];
    for (int e = 0; e < edges; e++) {
      column[e] = itemOfRank[rank(items, ITEM_SKEW, random)];
    }
    return BipartiteGraph.of(SparseRows.of(items, start, column));
  }

  static int rank(int n, double skew, SplitMix random) {
    return (int) (n * Math.pow(random.nextFloat(), skew));
  }

  static int[] permutation(int n, SplitMix random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int at = random.nextInt(i + 1);
      order[i] = order[at];
      order[at] = i;
    }
    return order;
  }
}
