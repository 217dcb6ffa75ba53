// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;

/**
 * The way back through a {@link RankformerLayer}, whose names it uses; r_u and t_i are the
 * gradients of agg, rho those of pull, sigma those of push. With gs_e the gradient of a cosine and
 * gz, gx those of rows,
 *
 * <pre>{@code
 * gw_e = <r_u, y_i> + <x_u, t_i>
 * gp_e = (gw_e + rho_u + rho_i) / D+_u,  gq_e = -(gw_e + sigma_u + sigma_i) / D-_u
 * gc_u = -(<r_u, sY> + <x_u, sT> + m sigma_u + sum_i sigma_i) / D-_u - sum_e gq_e
 * gb_u = -sum_e gp_e (-rho_u without edges)
 * gs_e = gp_e + gq_e + gc_u / D+_u - gb_u / D-_u
 * }</pre>
 *
 * Two SDDMM, four SpMM and eight products with d x d matrices.
 */
final class RankformerGradient {

  private final Rankformer options;
  private final BipartiteGraph graph;
  private final int dim;
  private final Kernels kernels;
  private final RankformerScratch scratch;

  RankformerGradient(
      Rankformer options,
      BipartiteGraph graph,
      int dim,
      Kernels kernels,
      RankformerScratch scratch) {
    this.options = options;
    this.graph = graph;
    this.dim = dim;
    this.kernels = kernels;
    this.scratch = scratch;
  }

  /**
   * @param x what the layer's {@link RankformerLayer#forward} took
   * @param out what it gave
   * @param above gradient of {@code out}; left as it was
   * @param below receives the gradient of {@code x}
   */
  void backward(RankformerLayer layer, NodeRows x, NodeRows out, NodeRows above, NodeRows below) {
    NodeRows r = scratch.aggregate;
    layer.userBlend.backward(x.users(), out.users(), above.users(), r.users(), below.users());
    layer.itemBlend.backward(x.items(), out.items(), above.items(), r.items(), below.items());
    layer.normalise(x);
    layer.weigh();
    kernels.spmm(graph.byUser(), dim, scratch.edgeWeights, r.items(), below.users(), true);
    kernels.spmm(graph.byItem(), dim, scratch.edgeWeights, r.users(), below.items(), true);
    float[] edge = scratch.edgeGradient;
    kernels.sddmm(graph.byUser(), dim, r.users(), x.items(), edge, false);
    kernels.sddmm(graph.byUser(), dim, x.users(), r.items(), edge, true);
    edgeTerms(layer, edge);
    NodeRows g = scratch.zGradient;
    g.clear();
    if (options.negatives()) {
      allPairs(layer, x, r, g, below);
    }
    if (options.benchmarks()) {
      throughBenchmarks(layer, edge, g);
    }
    NodeRows z = scratch.z;
    kernels.spmm(graph.byUser(), dim, edge, z.items(), g.users(), true);
    kernels.spmm(graph.byItem(), dim, edge, z.users(), g.items(), true);
    kernels.addNormGradient(dim, layer.userInverse, z.users(), g.users(), below.users());
    kernels.addNormGradient(dim, layer.itemInverse, z.items(), g.items(), below.items());
  }

  /**
   * From gw_e to gs_e = gp_e + gq_e, with {@code gp_e = (gw_e + rho_u + rho_i) / D+_u} and {@code
   * gq_e = -(gw_e + sigma_u + sigma_i) / D-_u}; gc_u and gb_u (of b-_u) gather what the edges give.
   */
  private void edgeTerms(RankformerLayer layer, float[] edge) {
    SparseRows a = graph.byUser();
    kernels.forEach(
        graph.users(),
        u -> {
          double marginGradient = 0;
          double benchmarkGradient = 0;
          for (int e = a.start(u); e < a.start(u + 1); e++) {
            int i = a.column(e);
            float pull =
                (edge[e] + layer.userBlend.pullGradient(u) + layer.itemBlend.pullGradient(i))
                    / scratch.positiveCount[u];
            float push =
                options.negatives()
                    ? -(edge[e] + layer.userBlend.pushGradient(u) + layer.itemBlend.pushGradient(i))
                        / scratch.negativeCount[u]
                    : 0f;
            edge[e] = pull + push;
            benchmarkGradient -= pull;
            marginGradient -= push;
          }
          scratch.marginGradient[u] = (float) marginGradient;
          scratch.benchmarkGradient[u] =
              graph.userDegrees()[u] == 0
                  ? -layer.userBlend.pullGradient(u)
                  : (float) benchmarkGradient;
        });
  }

  /** The terms that all pairs have, but for what comes through b-. */
  private void allPairs(RankformerLayer layer, NodeRows x, NodeRows r, NodeRows g, NodeRows below) {
    NodeRows z = scratch.z;
    RowProducts products = scratch.products;
    float[] shares = scratch.negativeShare;
    PairSums sums = layer.sums;
    PairSums gradients = layer.hasConstantSums() ? new PairSums(dim) : sumGradients(layer, r);
    int users = graph.users();
    products.addTransposed(users, shares, r.users(), sums.m, g.users());
    products.addTransposed(users, shares, x.users(), gradients.bigK, g.users());
    products.add(users, shares, z.users(), gradients.bigK, below.users());
    kernels.forEach(
        users,
        u -> {
          float share = shares[u];
          float sigma = layer.userBlend.pushGradient(u);
          kernels.axpy(dim, share * sigma, sums.sumV, 0, g.users(), u * dim);
          kernels.axpy(dim, share, gradients.h, 0, g.users(), u * dim);
          kernels.axpy(dim, share * layer.margin[u], gradients.k, 0, below.users(), u * dim);
          double direct =
              kernels.dot(dim, r.users(), u * dim, sums.sumY, 0)
                  - kernels.dot(dim, x.users(), u * dim, gradients.k, 0)
                  + (double) layer.allItems * sigma
                  - gradients.shift;
          scratch.marginGradient[u] -= (float) (share * direct);
        });
    int items = graph.items();
    products.addTransposed(items, null, x.items(), gradients.m, g.items());
    products.addTransposed(items, null, r.items(), sums.bigK, g.items());
    products.add(items, null, z.items(), gradients.m, below.items());
    kernels.forEach(
        items,
        i -> {
          kernels.axpy(dim, layer.itemBlend.pushGradient(i), sums.h, 0, g.items(), i * dim);
          kernels.axpy(dim, 1f, gradients.sumV, 0, g.items(), i * dim);
          kernels.axpy(dim, 1f, gradients.sumY, 0, below.items(), i * dim);
        });
  }

  /** Gradients of the sums over all nodes; sumV lacks what comes through b-. */
  private PairSums sumGradients(RankformerLayer layer, NodeRows r) {
    NodeRows z = scratch.z;
    float[] shares = scratch.negativeShare;
    PairSums gradients = new PairSums(dim);
    kernels.gemmTransposed(graph.items(), dim, dim, z.items(), r.items(), gradients.bigK);
    for (int i = 0; i < graph.items(); i++) {
      float sigma = layer.itemBlend.pushGradient(i);
      kernels.axpy(dim, -1f, r.items(), i * dim, gradients.k, 0);
      kernels.axpy(dim, sigma, z.items(), i * dim, gradients.h, 0);
      gradients.shift -= sigma;
    }
    scratch.products.outer(shares, z.users(), r.users(), gradients.m);
    for (int u = 0; u < graph.users(); u++) {
      float sigma = layer.userBlend.pushGradient(u);
      kernels.axpy(dim, -shares[u] * layer.margin[u], r.users(), u * dim, gradients.sumY, 0);
      kernels.axpy(dim, shares[u] * sigma, z.users(), u * dim, gradients.sumV, 0);
    }
    return gradients;
  }

  /** gs_e += gc_u / D+_u - gb_u / D-_u, and what b- hands on to z_u and to sV. */
  private void throughBenchmarks(RankformerLayer layer, float[] edge, NodeRows g) {
    SparseRows a = graph.byUser();
    float[] shares = scratch.userTerm;
    kernels.forEach(
        graph.users(),
        u -> {
          shares[u] = scratch.benchmarkGradient[u] / scratch.negativeCount[u];
          kernels.axpy(dim, shares[u], layer.sums.sumV, 0, g.users(), u * dim);
          // An outside user's benchmarks are constants.
          float term =
              u < layer.insideUsers
                  ? scratch.marginGradient[u] / scratch.positiveCount[u] - shares[u]
                  : 0f;
          for (int e = a.start(u); e < a.start(u + 1); e++) {
            edge[e] += term;
          }
        });
    if (!layer.hasConstantSums()) {
      float[] sumV = new float[dim];
      scratch.products.sum(graph.users(), shares, scratch.z.users(), sumV);
      kernels.forEach(graph.items(), i -> kernels.axpy(dim, 1f, sumV, 0, g.items(), i * dim));
    }
  }
}
