// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

/** Memory that the layers of a {@link RankformerPass} use in turn, and what is the same for all. */
final class RankformerScratch {

  /** D+ and D- by user. */
  final float[] positiveCount;

  final float[] negativeCount;

  /** Normalised rows z, and the gradient with respect to them. */
  final NodeRows z;

  final NodeRows zGradient;

  /** Gradient of the aggregates, and products with d x d matrices. */
  final NodeRows aggregate;

  final NodeRows product;

  final float[] edgeWeights;
  final float[] edgeGradient;

  /** Gradients of c_u and of b-_u. */
  final float[] marginGradient;

  final float[] benchmarkGradient;
  final float[] userTerm;

  RankformerScratch(BipartiteGraph graph, int allItems, int dim) {
    int users = graph.users();
    positiveCount = new float[users];
    negativeCount = new float[users];
    for (int u = 0; u < users; u++) {
      int degree = graph.userDegrees()[u];
      positiveCount[u] = Math.max(degree, 1);
      negativeCount[u] = Math.max(allItems - degree, 1);
    }
    z = NodeRows.zero(users, graph.items(), dim);
    zGradient = z.zeroLike();
    aggregate = z.zeroLike();
    product = z.zeroLike();
    edgeWeights = new float[graph.edges()];
    edgeGradient = new float[graph.edges()];
    marginGradient = new float[users];
    benchmarkGradient = new float[users];
    userTerm = new float[users];
  }

  long bytes() {
    long floats = 2L * edgeWeights.length + 5L * userTerm.length;
    return 4 * z.bytes() + Float.BYTES * floats;
  }
}
