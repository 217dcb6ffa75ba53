// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.reference.EdgeList;

/** Between the reference's {@code double[][]} and the encoders' flat {@code float[]}. */
public final class Doubles {

  private Doubles() {}

  public static BipartiteGraph graph(EdgeList edges) {
    return BipartiteGraph.of(edges.users(), edges.items(), edges.user(), edges.item());
  }

  public static NodeRows rows(double[][] users, double[][] items) {
    int dim = users.length > 0 ? users[0].length : items[0].length;
    return new NodeRows(dim, flat(users), flat(items));
  }

  public static float[] flat(double[][] rows) {
    int width = rows.length == 0 ? 0 : rows[0].length;
    float[] flat = new float[rows.length * width];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < width; c++) {
        flat[r * width + c] = (float) rows[r][c];
      }
    }
    return flat;
  }

  /** One value per edge, from the order of the list to that of the graph. */
  public static int[] byUser(EdgeList edges, int[] values) {
    int[] out = new int[values.length];
    int at = 0;
    for (int u = 0; u < edges.users(); u++) {
      for (int e = 0; e < edges.size(); e++) {
        if (edges.user()[e] == u) {
          out[at++] = values[e];
        }
      }
    }
    return out;
  }

  /** Equal to 1e-5 of the largest expected value. */
  public static void assertClose(float[] actual, double[][] expected) {
    double[] flat = new double[actual.length];
    int at = 0;
    double largest = 0;
    for (double[] row : expected) {
      for (double value : row) {
        flat[at++] = value;
        largest = Math.max(largest, Math.abs(value));
      }
    }
    assertThat(at).isEqualTo(actual.length);
    for (int k = 0; k < at; k++) {
      assertThat(Math.abs(actual[k] - flat[k]))
          .as("value %d: %s, expected %s", k, actual[k], flat[k])
          .isLessThanOrEqualTo(1e-5 * Math.max(largest, 1e-3));
    }
  }
}
