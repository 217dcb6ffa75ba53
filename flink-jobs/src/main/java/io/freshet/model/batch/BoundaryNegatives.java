// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.batch;

import io.freshet.kernel.InnerProductSearch;
import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.NodeRows;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The item at rank K of the user's current list, over all items, those of the graph's edges among
 * them: its score is the user's top-K threshold, which {@link
 * io.freshet.model.loss.SmoothPrecision} is measured against. Ranking everything costs as much as
 * several epochs, so that a list stands for some of them.
 */
public final class BoundaryNegatives implements Negatives {

  private final int k;
  private final int every;
  private final Kernels kernels;
  private final int[] users;
  private final SparseRows nothing;
  private final int[] boundary;

  /**
   * @param k the rank, at most the number of items
   * @param every epochs between two rankings
   */
  public BoundaryNegatives(BipartiteGraph graph, int k, int every, Kernels kernels) {
    if (k < 1 || every < 1 || k > graph.items()) {
      throw new IllegalArgumentException(
          "k and every must be positive, and k at most the "
              + graph.items()
              + " items; they are "
              + k
              + " and "
              + every);
    }
    this.k = k;
    this.every = every;
    this.kernels = kernels;
    this.users = IntStream.range(0, graph.users()).toArray();
    this.nothing = SparseRows.of(graph.items(), new int[graph.users() + 1], new int[0]);
    this.boundary = new int[graph.users()];
  }

  @Override
  public void startEpoch(long epoch, Supplier<NodeRows> rows) {
    if ((epoch - 1) % every != 0) {
      return;
    }
    NodeRows now = rows.get();
    int[] top =
        InnerProductSearch.topK(kernels, k, now.dim(), now.users(), users, now.items(), nothing);
    for (int u = 0; u < boundary.length; u++) {
      // Only rows that are no numbers have less than a full list.
      boundary[u] = Math.max(0, top[u * k + k - 1]);
    }
  }

  @Override
  public void draw(SparseRows edges, int perEdge, long round, int[] out) {
    for (int u = 0; u < edges.rows(); u++) {
      Arrays.fill(out, edges.start(u) * perEdge, edges.start(u + 1) * perEdge, boundary[u]);
    }
  }

  @Override
  public long bytes() {
    return nothing.bytes() + (long) Integer.BYTES * (users.length + boundary.length);
  }
}
