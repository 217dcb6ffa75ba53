// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import io.freshet.kernel.Kernels;

/** Memory that the layers of a {@link RankformerPass} use in turn, and what is the same for all. */
final class RankformerScratch {

  /** D+ and D- by user. */
  final float[] positiveCount;

  final float[] negativeCount;

  /** 1 / D- by user. */
  final float[] negativeShare;

  /** Normalised rows z, and the gradient with respect to them. */
  final NodeRows z;

  final NodeRows zGradient;

  /** Gradient of the aggregates. */
  final NodeRows aggregate;

  final RowProducts products;

  final float[] edgeWeights;
  final float[] edgeGradient;

  /** Gradients of c_u and of b-_u. */
  final float[] marginGradient;

  final float[] benchmarkGradient;
  final float[] userTerm;

  RankformerScratch(BipartiteGraph graph, int allItems, int dim, Kernels kernels) {
    int users = graph.users();
    positiveCount = new float[users];
    negativeCount = new float[users];
    negativeShare = new float[users];
    for (int u = 0; u < users; u++) {
      int degree = graph.userDegrees()[u];
      positiveCount[u] = Math.max(degree, 1);
      negativeCount[u] = Math.max(allItems - degree, 1);
      negativeShare[u] = 1 / negativeCount[u];
    }
    z = NodeRows.zero(users, graph.items(), dim);
    zGradient = z.zeroLike();
    aggregate = z.zeroLike();
    products = new RowProducts(Math.max(users, graph.items()), dim, kernels);
    edgeWeights = new float[graph.edges()];
    edgeGradient = new float[graph.edges()];
    marginGradient = new float[users];
    benchmarkGradient = new float[users];
    userTerm = new float[users];
  }

  long bytes() {
    long floats = 2L * edgeWeights.length + 6L * userTerm.length;
    return 3 * z.bytes() + products.bytes() + Float.BYTES * floats;
  }
}
