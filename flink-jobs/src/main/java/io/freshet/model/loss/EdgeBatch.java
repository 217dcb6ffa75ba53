// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.loss;

import io.freshet.kernel.SparseRows;
import io.freshet.model.encoder.BipartiteGraph;

/**
 * Edges to learn from, each with the same number of negative items.
 *
 * @param positives users' rows of positive items; entry e is the batch's edge e
 * @param positivesByItem the transpose
 * @param negatives users' rows of negative items; entries e k to e k + k - 1 belong to edge e
 * @param negativesByItem the transpose
 * @param perEdge k, the number of negatives of an edge
 */
public record EdgeBatch(
    SparseRows positives,
    SparseRows positivesByItem,
    SparseRows negatives,
    SparseRows negativesByItem,
    int perEdge) {

  /**
   * All edges of a graph.
   *
   * @param negatives item of entry e k + j at that index
   */
  public static EdgeBatch of(BipartiteGraph graph, int[] negatives, int perEdge) {
    return of(graph.byUser(), graph.byItem(), negatives, perEdge);
  }

  /** Some edges: {@code positives} are numbered as they stand. */
  public static EdgeBatch of(SparseRows positives, int[] negatives, int perEdge) {
    return of(positives, positives.transpose(), negatives, perEdge);
  }

  private static EdgeBatch of(
      SparseRows positives, SparseRows positivesByItem, int[] negatives, int perEdge) {
    if (negatives.length < positives.size() * perEdge) {
      throw new IllegalArgumentException(
          negatives.length + " negatives for " + positives.size() + " edges with " + perEdge);
    }
    int[] start = new int[positives.rows() + 1];
    for (int u = 0; u < start.length; u++) {
      start[u] = positives.start(u) * perEdge;
    }
    SparseRows byUser = SparseRows.of(positives.columns(), start, negatives);
    return new EdgeBatch(positives, positivesByItem, byUser, byUser.transpose(), perEdge);
  }

  public int edges() {
    return positives.size();
  }
}
