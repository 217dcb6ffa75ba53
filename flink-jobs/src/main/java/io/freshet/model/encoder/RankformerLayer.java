// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;

/**
 * One layer of {@link Rankformer}. With z_u, v_i the normalised rows of x_u, y_i, s_e = {@code
 * <z_u, v_i>} and c_u = b+_u + alpha, a pair's weight is that of its edges plus a term of rank d +
 * 1 that all pairs have, so sums over all pairs factorise:
 *
 * <pre>{@code
 * w_e = p_e - q_e,  p_e = (s_e - b-_u + alpha) / D+_u,  q_e = (s_e - c_u) / D-_u
 * b+_u = sum_e s_e / D+_u,  b-_u = (<z_u, sV> - sum_e s_e) / D-_u
 * sV = sum_i v_i,  sY = sum_i y_i,  M = sum_i v_i y_i^T
 * K = sum_u z_u x_u^T / D-_u,  k = sum_u c_u x_u / D-_u,  h = sum_u z_u / D-_u
 * agg_u = sum_e w_e y_i + (z_u M - c_u sY) / D-_u
 * agg_i = sum_e w_e x_u + v_i K - k
 * pull_u = sum_e p_e (alpha - b-_u without edges),  push_u = (<z_u, sV> - m c_u) / D-_u - sum_e q_e
 * pull_i = sum_e p_e,  push_i = <v_i, h> - sum_u c_u / D-_u - sum_e q_e
 * C = max(0, pull) + max(0, -push)
 * x' = (1 - tau) x + tau agg / C
 * }</pre>
 *
 * One SDDMM, two SpMM and four products with d x d matrices. {@link RankformerGradient} goes back.
 */
final class RankformerLayer {

  private final Rankformer options;
  private final BipartiteGraph graph;
  private final int dim;
  private final Kernels kernels;
  private final RankformerScratch scratch;

  private final float[] cosines;
  final float[] userInverse;
  final float[] itemInverse;

  /** c_u and b-_u. */
  final float[] margin;

  private final float[] negativeBenchmark;

  final RankformerBlend userBlend;
  final RankformerBlend itemBlend;

  final PairSums sums;

  /** What is known of the whole graph where this is a part of it, else null. */
  private final RankformerSums constant;

  final int allItems;
  final int insideUsers;

  RankformerLayer(
      Rankformer options,
      BipartiteGraph graph,
      int insideUsers,
      RankformerSums constant,
      int dim,
      Kernels kernels,
      RankformerScratch scratch) {
    this.options = options;
    this.graph = graph;
    this.dim = dim;
    this.kernels = kernels;
    this.scratch = scratch;
    this.cosines = new float[graph.edges()];
    this.userInverse = new float[graph.users()];
    this.itemInverse = new float[graph.items()];
    this.margin = new float[graph.users()];
    this.negativeBenchmark = new float[graph.users()];
    this.userBlend = new RankformerBlend(options, graph.users(), dim, kernels);
    this.itemBlend = new RankformerBlend(options, graph.items(), dim, kernels);
    this.insideUsers = insideUsers;
    this.constant = constant;
    this.sums = constant == null ? new PairSums(dim) : constant.sums();
    this.allItems = constant == null ? graph.items() : constant.items();
  }

  /** Whether the sums over all nodes are constants, as they are for a part of a graph. */
  boolean hasConstantSums() {
    return constant != null;
  }

  void forward(NodeRows x, NodeRows out) {
    kernels.inverseNorms(graph.users(), dim, x.users(), userInverse);
    kernels.inverseNorms(graph.items(), dim, x.items(), itemInverse);
    normalise(x);
    NodeRows z = scratch.z;
    kernels.sddmm(graph.byUser(), dim, z.users(), z.items(), cosines, false);
    if (!hasConstantSums()) {
      scratch.products.sum(graph.items(), null, z.items(), sums.sumV);
      scratch.products.sum(graph.items(), null, x.items(), sums.sumY);
      kernels.gemmTransposed(graph.items(), dim, dim, z.items(), x.items(), sums.m);
    }
    benchmarks(z);
    if (!hasConstantSums()) {
      userSums(x, z);
    }
    weigh();
    pullsAndPushes(z);
    kernels.spmm(graph.byUser(), dim, scratch.edgeWeights, x.items(), out.users(), false);
    kernels.spmm(graph.byItem(), dim, scratch.edgeWeights, x.users(), out.items(), false);
    if (options.negatives()) {
      float[] shares = scratch.negativeShare;
      scratch.products.add(graph.users(), shares, z.users(), sums.m, out.users());
      scratch.products.add(graph.items(), null, z.items(), sums.bigK, out.items());
      kernels.forEach(
          graph.users(),
          u -> kernels.axpy(dim, -shares[u] * margin[u], sums.sumY, 0, out.users(), u * dim));
      kernels.forEach(graph.items(), i -> kernels.axpy(dim, -1f, sums.k, 0, out.items(), i * dim));
    }
    userBlend.forward(x.users(), out.users());
    itemBlend.forward(x.items(), out.items());
  }

  /** The normalised rows, into the scratch. */
  void normalise(NodeRows x) {
    kernels.scaleRows(graph.users(), dim, userInverse, x.users(), scratch.z.users());
    kernels.scaleRows(graph.items(), dim, itemInverse, x.items(), scratch.z.items());
  }

  /** b+ (within c) and b-. */
  private void benchmarks(NodeRows z) {
    SparseRows a = graph.byUser();
    if (constant != null) {
      // Not all edges of an outside user are here.
      int outsideUsers = margin.length - insideUsers;
      System.arraycopy(constant.margin(), insideUsers, margin, insideUsers, outsideUsers);
      System.arraycopy(
          constant.negativeBenchmark(), insideUsers, negativeBenchmark, insideUsers, outsideUsers);
    }
    kernels.forEach(
        insideUsers,
        u -> {
          margin[u] = (float) options.alpha();
          negativeBenchmark[u] = 0;
          if (options.benchmarks()) {
            double sum = sumOf(a, u, cosines);
            double all = kernels.dot(dim, z.users(), u * dim, sums.sumV, 0);
            margin[u] += (float) (sum / scratch.positiveCount[u]);
            negativeBenchmark[u] = (float) ((all - sum) / scratch.negativeCount[u]);
          }
        });
  }

  /** K, k, h and the sum of c_u / D-_u. */
  private void userSums(NodeRows x, NodeRows z) {
    float[] shares = scratch.negativeShare;
    float[] weighted = scratch.userTerm;
    sums.shift = 0;
    for (int u = 0; u < graph.users(); u++) {
      weighted[u] = shares[u] * margin[u];
      sums.shift += weighted[u];
    }
    scratch.products.outer(shares, z.users(), x.users(), sums.bigK);
    scratch.products.sum(graph.users(), shares, z.users(), sums.h);
    scratch.products.sum(graph.users(), weighted, x.users(), sums.k);
  }

  /** The weights w_e, with p_e left in the scratch's edge gradients. */
  void weigh() {
    SparseRows a = graph.byUser();
    float[] weights = scratch.edgeWeights;
    float[] pulls = scratch.edgeGradient;
    kernels.forEach(
        graph.users(),
        u -> {
          float positive = scratch.positiveCount[u];
          float negative = scratch.negativeCount[u];
          float own = (float) options.alpha() - negativeBenchmark[u];
          for (int e = a.start(u); e < a.start(u + 1); e++) {
            pulls[e] = (cosines[e] + own) / positive;
            weights[e] =
                options.negatives() ? pulls[e] - (cosines[e] - margin[u]) / negative : pulls[e];
          }
        });
  }

  private void pullsAndPushes(NodeRows z) {
    float[] pulls = scratch.edgeGradient;
    float[] weights = scratch.edgeWeights;
    kernels.forEach(
        graph.users(),
        u -> {
          double pull = sumOf(graph.byUser(), u, pulls);
          double push = 0;
          if (options.negatives()) {
            double all = kernels.dot(dim, z.users(), u * dim, sums.sumV, 0);
            push = (all - (double) allItems * margin[u]) / scratch.negativeCount[u];
            push += sumOf(graph.byUser(), u, weights) - pull;
          }
          if (graph.userDegrees()[u] == 0) {
            pull = options.alpha() - negativeBenchmark[u];
          }
          userBlend.set(u, pull, push);
        });
    kernels.forEach(
        graph.items(),
        i -> {
          double pull = sumOf(graph.byItem(), i, pulls);
          double push = 0;
          if (options.negatives()) {
            push = kernels.dot(dim, z.items(), i * dim, sums.h, 0) - sums.shift;
            push += sumOf(graph.byItem(), i, weights) - pull;
          }
          itemBlend.set(i, pull, push);
        });
  }

  private static double sumOf(SparseRows a, int row, float[] values) {
    double sum = 0;
    for (int p = a.start(row); p < a.start(row + 1); p++) {
      sum += values[a.entry(p)];
    }
    return sum;
  }

  /** What parts of this graph need to know of it. */
  RankformerSums sums() {
    return new RankformerSums(allItems, sums.copy(), margin.clone(), negativeBenchmark.clone());
  }

  long bytes() {
    long floats = (long) cosines.length + 3L * graph.users() + graph.items();
    return Float.BYTES * floats + sums.bytes() + userBlend.bytes() + itemBlend.bytes();
  }
}
