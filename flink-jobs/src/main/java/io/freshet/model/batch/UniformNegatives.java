// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.batch;

import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;
import io.freshet.model.SplitMix;
import io.freshet.model.encoder.BipartiteGraph;
import java.util.Arrays;

/**
 * Uniform items that are no neighbours of the user. What is drawn depends on seed, round and user
 * alone, not on the threads.
 */
public final class UniformNegatives implements Negatives {

  /** Draws before a user who owns nearly everything is given one of its own items. */
  private static final int TRIES = 100;

  private final SparseRows byUser;
  private final int[] sorted;
  private final long seed;
  private final Kernels kernels;

  /**
   * @param graph whose edges are never drawn, and whose users the drawn edges belong to
   */
  public UniformNegatives(BipartiteGraph graph, long seed, Kernels kernels) {
    this.byUser = graph.byUser();
    this.seed = seed;
    this.kernels = kernels;
    this.sorted = new int[byUser.size()];
    for (int p = 0; p < sorted.length; p++) {
      sorted[p] = byUser.column(p);
    }
    for (int u = 0; u < byUser.rows(); u++) {
      Arrays.sort(sorted, byUser.start(u), byUser.start(u + 1));
    }
  }

  @Override
  public void draw(SparseRows edges, int perEdge, long round, int[] out) {
    kernels.forRange(
        edges.rows(),
        (from, to) -> {
          SplitMix random = new SplitMix(0);
          for (int u = from; u < to; u++) {
            if (edges.size(u) == 0) {
              continue;
            }
            random.reseed(SplitMix.mix(SplitMix.mix(seed, round), u));
            for (int j = edges.start(u) * perEdge; j < edges.start(u + 1) * perEdge; j++) {
              out[j] = drawFor(u, random);
            }
          }
        });
  }

  @Override
  public long bytes() {
    return (long) Integer.BYTES * sorted.length;
  }

  private int drawFor(int user, SplitMix random) {
    int item = random.nextInt(byUser.columns());
    for (int t = 0; t < TRIES && owns(user, item); t++) {
      item = random.nextInt(byUser.columns());
    }
    return item;
  }

  private boolean owns(int user, int item) {
    return Arrays.binarySearch(sorted, byUser.start(user), byUser.start(user + 1), item) >= 0;
  }
}
