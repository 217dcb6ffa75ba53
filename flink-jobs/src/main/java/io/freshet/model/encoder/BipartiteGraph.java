// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import io.freshet.kernel.SparseRows;

/**
 * Edges between users and items, by user and by item. Edges are numbered by user, and within a user
 * in the order in which they were given; a pair that was given twice is two edges.
 *
 * @param byUser rows are users, columns items; entry e is edge e
 * @param byItem the transpose, with the same entries
 * @param userDegrees edges of each user in the whole graph, of which this may be a part
 * @param itemDegrees the same for items
 */
public record BipartiteGraph(
    SparseRows byUser, SparseRows byItem, int[] userDegrees, int[] itemDegrees) {

  /**
   * A whole graph: degrees are the numbers of edges given.
   *
   * @param edgeUsers a user in [0, users) for each edge
   * @param edgeItems an item in [0, items) for each edge
   */
  public static BipartiteGraph of(int users, int items, int[] edgeUsers, int[] edgeItems) {
    return of(SparseRows.ofPairs(users, items, edgeUsers, edgeItems));
  }

  /** A whole graph from its rows by user. */
  public static BipartiteGraph of(SparseRows byUser) {
    SparseRows byItem = byUser.transpose();
    return new BipartiteGraph(byUser, byItem, counts(byUser), counts(byItem));
  }

  public int users() {
    return byUser.rows();
  }

  public int items() {
    return byUser.columns();
  }

  public int edges() {
    return byUser.size();
  }

  /** {@code 1 / sqrt(d_u d_i)} for each edge. */
  float[] symmetricNorms() {
    float[] norms = new float[edges()];
    for (int u = 0; u < users(); u++) {
      for (int p = byUser.start(u); p < byUser.start(u + 1); p++) {
        norms[byUser.entry(p)] =
            (float) (1 / Math.sqrt((double) userDegrees[u] * itemDegrees[byUser.column(p)]));
      }
    }
    return norms;
  }

  /** Bytes of the arrays. */
  public long bytes() {
    return byUser.bytes()
        + byItem.bytes()
        + (long) Integer.BYTES * (userDegrees.length + itemDegrees.length);
  }

  private static int[] counts(SparseRows rows) {
    int[] counts = new int[rows.rows()];
    for (int r = 0; r < counts.length; r++) {
      counts[r] = rows.size(r);
    }
    return counts;
  }
}
