// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;
import java.util.Arrays;
import java.util.function.IntConsumer;

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
 * One SDDMM, two SpMM and four products with d x d matrices; the gradient takes two, four and
 * eight. {@link #backward} names the gradients of agg r_u and t_i, those of pull rho and of push
 * sigma.
 */
final class RankformerLayer {

  private final Rankformer options;
  private final BipartiteGraph graph;
  private final int dim;
  private final Kernels kernels;
  private final RankformerScratch scratch;

  private final float[] cosines;
  private final float[] userInverse;
  private final float[] itemInverse;

  /** c_u and b-_u. */
  private final float[] margin;

  private final float[] negativeBenchmark;

  private final RankformerBlend userBlend;
  private final RankformerBlend itemBlend;

  // Sums over items.
  private final float[] sumV;
  private final float[] sumY;
  private final float[] m;

  // Sums over users.
  private final float[] h;
  private final float[] k;
  private final float[] bigK;
  private double shift;

  /** Sums of the whole graph where this is a part of it, else null. */
  private final RankformerSums constant;

  private final int allItems;
  private final int insideUsers;

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
    if (constant == null) {
      this.allItems = graph.items();
      this.sumV = new float[dim];
      this.sumY = new float[dim];
      this.m = new float[dim * dim];
      this.h = new float[dim];
      this.k = new float[dim];
      this.bigK = new float[dim * dim];
    } else {
      this.allItems = constant.items();
      this.sumV = constant.sumV();
      this.sumY = constant.sumY();
      this.m = constant.m();
      this.h = constant.h();
      this.k = constant.k();
      this.bigK = constant.bigK();
      this.shift = constant.shift();
    }
  }

  void forward(NodeRows x, NodeRows out) {
    kernels.inverseNorms(graph.users(), dim, x.users(), userInverse);
    kernels.inverseNorms(graph.items(), dim, x.items(), itemInverse);
    normalise(x);
    NodeRows z = scratch.z;
    kernels.sddmm(graph.byUser(), dim, z.users(), z.items(), cosines, false);
    if (constant == null) {
      sumRows(graph.items(), null, z.items(), sumV);
      sumRows(graph.items(), null, x.items(), sumY);
      kernels.gemmTransposed(graph.items(), dim, dim, z.items(), x.items(), m);
    }
    benchmarks(z);
    if (constant == null) {
      userSums(x, z);
    }
    weigh();
    pullsAndPushes(z);
    kernels.spmm(graph.byUser(), dim, scratch.edgeWeights, x.items(), out.users(), false);
    kernels.spmm(graph.byItem(), dim, scratch.edgeWeights, x.users(), out.items(), false);
    if (options.negatives()) {
      NodeRows product = scratch.product;
      kernels.gemm(graph.users(), dim, dim, z.users(), m, product.users());
      kernels.gemm(graph.items(), dim, dim, z.items(), bigK, product.items());
      forUsers(
          u -> {
            float share = 1 / scratch.negativeCount[u];
            kernels.axpy(dim, share, product.users(), u * dim, out.users(), u * dim);
            kernels.axpy(dim, -share * margin[u], sumY, 0, out.users(), u * dim);
          });
      forItems(
          i -> {
            kernels.axpy(dim, 1f, product.items(), i * dim, out.items(), i * dim);
            kernels.axpy(dim, -1f, k, 0, out.items(), i * dim);
          });
    }
    userBlend.forward(x.users(), out.users());
    itemBlend.forward(x.items(), out.items());
  }

  private void normalise(NodeRows x) {
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
    forEach(
        insideUsers,
        u -> {
          margin[u] = (float) options.alpha();
          negativeBenchmark[u] = 0;
          if (options.benchmarks()) {
            double sum = sumOf(a, u, cosines);
            double all = kernels.dot(dim, z.users(), u * dim, sumV, 0);
            margin[u] += (float) (sum / scratch.positiveCount[u]);
            negativeBenchmark[u] = (float) ((all - sum) / scratch.negativeCount[u]);
          }
        });
  }

  /** K, k, h and the sum of c_u / D-_u. */
  private void userSums(NodeRows x, NodeRows z) {
    float[] shares = scratch.userTerm;
    shift = 0;
    for (int u = 0; u < graph.users(); u++) {
      shares[u] = 1 / scratch.negativeCount[u];
      shift += shares[u] * margin[u];
    }
    scaledTransposed(shares, z.users(), x.users(), bigK);
    sumRows(graph.users(), shares, z.users(), h);
    for (int u = 0; u < graph.users(); u++) {
      shares[u] *= margin[u];
    }
    sumRows(graph.users(), shares, x.users(), k);
  }

  /** The weights w_e, with p_e left in the scratch's edge gradients. */
  private void weigh() {
    SparseRows a = graph.byUser();
    float[] weights = scratch.edgeWeights;
    float[] pulls = scratch.edgeGradient;
    forUsers(
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
    forUsers(
        u -> {
          double pull = sumOf(graph.byUser(), u, pulls);
          double push = 0;
          if (options.negatives()) {
            double all = kernels.dot(dim, z.users(), u * dim, sumV, 0);
            push = (all - (double) allItems * margin[u]) / scratch.negativeCount[u];
            push += sumOf(graph.byUser(), u, weights) - pull;
          }
          if (graph.userDegrees()[u] == 0) {
            pull = options.alpha() - negativeBenchmark[u];
          }
          userBlend.set(u, pull, push);
        });
    forItems(
        i -> {
          double pull = sumOf(graph.byItem(), i, pulls);
          double push = 0;
          if (options.negatives()) {
            push = kernels.dot(dim, z.items(), i * dim, h, 0) - shift;
            push += sumOf(graph.byItem(), i, weights) - pull;
          }
          itemBlend.set(i, pull, push);
        });
  }

  /**
   * @param x what {@link #forward} took
   * @param out what it gave
   * @param above gradient of {@code out}; left as it was
   * @param below receives the gradient of {@code x}
   */
  void backward(NodeRows x, NodeRows out, NodeRows above, NodeRows below) {
    NodeRows r = scratch.aggregate;
    userBlend.backward(x.users(), out.users(), above.users(), r.users(), below.users());
    itemBlend.backward(x.items(), out.items(), above.items(), r.items(), below.items());
    normalise(x);
    weigh();
    NodeRows g = scratch.zGradient;
    g.clear();
    // w_e has done its work before its array takes gs_e.
    kernels.spmm(graph.byUser(), dim, scratch.edgeWeights, r.items(), below.users(), true);
    kernels.spmm(graph.byItem(), dim, scratch.edgeWeights, r.users(), below.items(), true);
    float[] edge = scratch.edgeGradient;
    kernels.sddmm(graph.byUser(), dim, r.users(), x.items(), edge, false);
    kernels.sddmm(graph.byUser(), dim, x.users(), r.items(), edge, true);
    edgeTerms(edge);
    if (options.negatives()) {
      allPairs(x, r, g, below);
    }
    if (options.benchmarks()) {
      throughBenchmarks(edge, g);
    }
    NodeRows z = scratch.z;
    kernels.spmm(graph.byUser(), dim, edge, z.items(), g.users(), true);
    kernels.spmm(graph.byItem(), dim, edge, z.users(), g.items(), true);
    throughNorm(graph.users(), userInverse, z.users(), g.users(), below.users());
    throughNorm(graph.items(), itemInverse, z.items(), g.items(), below.items());
  }

  /**
   * From gw_e to gs_e = gp_e + gq_e, with {@code gp_e = (gw_e + rho_u + rho_i) / D+_u} and {@code
   * gq_e = -(gw_e + sigma_u + sigma_i) / D-_u}; gc_u and gb_u (of b-_u) gather what the edges give.
   */
  private void edgeTerms(float[] edge) {
    SparseRows a = graph.byUser();
    forUsers(
        u -> {
          double marginGradient = 0;
          double benchmarkGradient = 0;
          for (int e = a.start(u); e < a.start(u + 1); e++) {
            int i = a.column(e);
            float pull =
                (edge[e] + userBlend.pullGradient(u) + itemBlend.pullGradient(i))
                    / scratch.positiveCount[u];
            float push =
                options.negatives()
                    ? -(edge[e] + userBlend.pushGradient(u) + itemBlend.pushGradient(i))
                        / scratch.negativeCount[u]
                    : 0f;
            edge[e] = pull + push;
            benchmarkGradient -= pull;
            marginGradient -= push;
          }
          scratch.marginGradient[u] = (float) marginGradient;
          scratch.benchmarkGradient[u] =
              graph.userDegrees()[u] == 0 ? -userBlend.pullGradient(u) : (float) benchmarkGradient;
        });
  }

  /** The terms that all pairs have, but for what comes through b-. */
  private void allPairs(NodeRows x, NodeRows r, NodeRows g, NodeRows below) {
    NodeRows z = scratch.z;
    float[] shares = scratch.userTerm;
    int users = graph.users();
    int items = graph.items();
    for (int u = 0; u < users; u++) {
      shares[u] = 1 / scratch.negativeCount[u];
    }
    SumGradients sums = new SumGradients(dim);
    if (constant == null) {
      gradients(sums, r);
    }
    float[] product = scratch.product.users();
    addProduct(users, shares, r.users(), transposed(m), product, g.users());
    addProduct(users, shares, x.users(), transposed(sums.bigK), product, g.users());
    addProduct(users, shares, z.users(), sums.bigK, product, below.users());
    forUsers(
        u -> {
          float share = shares[u];
          float sigma = userBlend.pushGradient(u);
          kernels.axpy(dim, share * sigma, sumV, 0, g.users(), u * dim);
          kernels.axpy(dim, share, sums.h, 0, g.users(), u * dim);
          kernels.axpy(dim, -share * margin[u], sums.minusK, 0, below.users(), u * dim);
          double direct =
              kernels.dot(dim, r.users(), u * dim, sumY, 0)
                  + kernels.dot(dim, x.users(), u * dim, sums.minusK, 0)
                  + (double) allItems * sigma
                  - sums.shift;
          scratch.marginGradient[u] -= (float) (share * direct);
        });
    float[] itemProduct = scratch.product.items();
    addProduct(items, null, x.items(), transposed(sums.m), itemProduct, g.items());
    addProduct(items, null, r.items(), transposed(bigK), itemProduct, g.items());
    addProduct(items, null, z.items(), sums.m, itemProduct, below.items());
    forItems(
        i -> {
          kernels.axpy(dim, itemBlend.pushGradient(i), h, 0, g.items(), i * dim);
          kernels.axpy(dim, 1f, sums.sumV, 0, g.items(), i * dim);
          kernels.axpy(dim, 1f, sums.sumY, 0, below.items(), i * dim);
        });
  }

  /** Gradients of the sums over all nodes; of those that come through b- later. */
  private void gradients(SumGradients sums, NodeRows r) {
    NodeRows z = scratch.z;
    float[] shares = scratch.userTerm;
    kernels.gemmTransposed(graph.items(), dim, dim, z.items(), r.items(), sums.bigK);
    sumRows(graph.items(), null, r.items(), sums.minusK);
    for (int i = 0; i < graph.items(); i++) {
      kernels.axpy(dim, itemBlend.pushGradient(i), z.items(), i * dim, sums.h, 0);
      sums.shift -= itemBlend.pushGradient(i);
    }
    scaledTransposed(shares, z.users(), r.users(), sums.m);
    for (int u = 0; u < graph.users(); u++) {
      kernels.axpy(dim, -shares[u] * margin[u], r.users(), u * dim, sums.sumY, 0);
      kernels.axpy(dim, shares[u] * userBlend.pushGradient(u), z.users(), u * dim, sums.sumV, 0);
    }
  }

  /** Gradients of the sums over all nodes, by the sum's name. */
  private static final class SumGradients {
    final float[] sumV;
    final float[] sumY;
    final float[] m;
    final float[] h;
    final float[] minusK;
    final float[] bigK;
    double shift;

    SumGradients(int dim) {
      sumV = new float[dim];
      sumY = new float[dim];
      m = new float[dim * dim];
      h = new float[dim];
      minusK = new float[dim];
      bigK = new float[dim * dim];
    }
  }

  /** gs_e += gc_u / D+_u - gb_u / D-_u, and what b- hands on to z_u and to sV. */
  private void throughBenchmarks(float[] edge, NodeRows g) {
    SparseRows a = graph.byUser();
    NodeRows z = scratch.z;
    float[] sumVGradient = new float[dim];
    for (int u = 0; constant == null && u < graph.users(); u++) {
      float share = scratch.benchmarkGradient[u] / scratch.negativeCount[u];
      kernels.axpy(dim, share, z.users(), u * dim, sumVGradient, 0);
    }
    forUsers(
        u -> {
          float share = scratch.benchmarkGradient[u] / scratch.negativeCount[u];
          kernels.axpy(dim, share, sumV, 0, g.users(), u * dim);
          // An outside user's benchmarks are constants.
          float term =
              u < insideUsers ? scratch.marginGradient[u] / scratch.positiveCount[u] - share : 0f;
          for (int e = a.start(u); e < a.start(u + 1); e++) {
            edge[e] += term;
          }
        });
    forItems(i -> kernels.axpy(dim, 1f, sumVGradient, 0, g.items(), i * dim));
  }

  /** {@code gx += r (gz - z <z, gz>)}. */
  private void throughNorm(int rows, float[] inverse, float[] z, float[] gz, float[] gx) {
    kernels.forRange(
        rows,
        (from, to) -> {
          for (int n = from; n < to; n++) {
            float along = kernels.dot(dim, z, n * dim, gz, n * dim);
            kernels.axpy(dim, inverse[n], gz, n * dim, gx, n * dim);
            kernels.axpy(dim, -inverse[n] * along, z, n * dim, gx, n * dim);
          }
        });
  }

  /** {@code out = sum_n scale_n a_n^T b_n}. */
  private void scaledTransposed(float[] scale, float[] a, float[] b, float[] out) {
    kernels.scaleRows(scale.length, dim, scale, a, scratch.product.users());
    kernels.gemmTransposed(scale.length, dim, dim, scratch.product.users(), b, out);
  }

  /** {@code out_n += scale_n a_n b} for b [d,d]; no scale is 1. */
  private void addProduct(
      int rows, float[] scale, float[] a, float[] b, float[] product, float[] out) {
    kernels.gemm(rows, dim, dim, a, b, product);
    kernels.forRange(
        rows,
        (from, to) -> {
          for (int n = from; n < to; n++) {
            float factor = scale == null ? 1f : scale[n];
            kernels.axpy(dim, factor, product, n * dim, out, n * dim);
          }
        });
  }

  private float[] transposed(float[] a) {
    float[] out = new float[a.length];
    for (int row = 0; row < dim; row++) {
      for (int column = 0; column < dim; column++) {
        out[column * dim + row] = a[row * dim + column];
      }
    }
    return out;
  }

  private void sumRows(int rows, float[] scale, float[] x, float[] out) {
    Arrays.fill(out, 0f);
    for (int n = 0; n < rows; n++) {
      kernels.axpy(dim, scale == null ? 1f : scale[n], x, n * dim, out, 0);
    }
  }

  private static double sumOf(SparseRows a, int row, float[] values) {
    double sum = 0;
    for (int p = a.start(row); p < a.start(row + 1); p++) {
      sum += values[a.entry(p)];
    }
    return sum;
  }

  private void forUsers(IntConsumer body) {
    forEach(graph.users(), body);
  }

  private void forItems(IntConsumer body) {
    forEach(graph.items(), body);
  }

  private void forEach(int count, IntConsumer body) {
    kernels.forRange(
        count,
        (from, to) -> {
          for (int n = from; n < to; n++) {
            body.accept(n);
          }
        });
  }

  RankformerSums sums() {
    return new RankformerSums(
        allItems,
        sumV.clone(),
        sumY.clone(),
        m.clone(),
        h.clone(),
        k.clone(),
        bigK.clone(),
        shift,
        margin.clone(),
        negativeBenchmark.clone());
  }

  long bytes() {
    long floats = (long) cosines.length + 3L * graph.users() + graph.items();
    floats += 4L * dim + 2L * dim * dim;
    return Float.BYTES * floats + userBlend.bytes() + itemBlend.bytes();
  }
}
