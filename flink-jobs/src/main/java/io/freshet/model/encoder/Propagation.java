// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;
import java.util.Arrays;

/**
 * Layers of weighted neighbour sums, {@code x'_u = sum_i w_e x_i} and {@code x'_i = sum_u w_e x_u}:
 * one SDDMM for the cosines, if the weights need them, and one SpMM for either side.
 *
 * <p>Backward of a layer, with G' the gradient of x', a weight's gradient is {@code <G'_u, x_i> +
 * <x_u, G'_i>}; with h_e that of a cosine s_e and r = 1/|x|,
 *
 * <pre>{@code
 * G_u = sum_i w_e G'_i + sum_i h_e r_u r_i x_i - r_u^2 (sum_i h_e s_e) x_u
 * }</pre>
 *
 * and the mirror image for items: two SDDMM and four SpMM.
 */
final class Propagation implements EncoderPass {

  private final BipartiteGraph graph;
  private final Outside outside;
  private final Kernels kernels;
  private final Readout readout;
  private final int dim;
  private final int layers;

  /** Null where the weights are the symmetric norms, whatever the rows are. */
  private final EdgeWeighting weighting;

  private final SparseRows insideUsers;
  private final SparseRows insideItems;

  // By layer. Layer 0 is the caller's base rows, unless outside rows must stand among them.
  private final NodeRows[] rows;
  private final float[][] weights;
  private final EdgeValues[] edges;
  private final float[][] userInverse;
  private final float[][] itemInverse;

  private float[] thresholds;

  private final NodeRows mean;
  private final NodeRows spare;
  private final float[] edgeGradient;
  private final float[] userTerm;
  private final float[] itemTerm;

  Propagation(
      BipartiteGraph graph,
      Outside outside,
      int dim,
      int layers,
      Readout readout,
      EdgeWeighting weighting,
      Kernels kernels) {
    this.graph = graph;
    this.outside = outside;
    this.kernels = kernels;
    this.readout = readout;
    this.dim = dim;
    this.layers = layers;
    this.weighting = weighting;
    this.insideUsers = graph.byUser().head(outside.insideUsers());
    this.insideItems = graph.byItem().head(outside.insideItems());
    this.rows = new NodeRows[layers + 1];
    for (int l = outside.isEmpty() ? 1 : 0; l <= layers; l++) {
      rows[l] = NodeRows.zero(graph.users(), graph.items(), dim);
    }
    this.mean = readout == Readout.MEAN ? NodeRows.zero(graph.users(), graph.items(), dim) : null;
    this.spare = NodeRows.zero(graph.users(), graph.items(), dim);
    this.weights = new float[layers][];
    float[] norms = graph.symmetricNorms();
    if (weighting == null) {
      Arrays.fill(weights, norms);
      this.edges = new EdgeValues[0];
      this.userInverse = new float[0][];
      this.itemInverse = new float[0][];
      this.edgeGradient = new float[0];
      this.userTerm = new float[0];
      this.itemTerm = new float[0];
    } else {
      this.edges = new EdgeValues[layers];
      this.userInverse = new float[layers][graph.users()];
      this.itemInverse = new float[layers][graph.items()];
      this.edgeGradient = new float[graph.edges()];
      this.userTerm = new float[graph.users()];
      this.itemTerm = new float[graph.items()];
      for (int l = 0; l < layers; l++) {
        edges[l] = EdgeValues.zero(graph.byUser(), norms, kernels);
        weights[l] = edges[l].weights();
      }
    }
  }

  @Override
  public NodeRows forward(Parameters parameters) {
    thresholds = parameters.thresholds();
    rows[0] = outside.base(parameters.base(), rows[0]);
    for (int l = 0; l < layers; l++) {
      if (weighting != null) {
        computeCosines(l);
        weighting.weigh(edges[l], l, thresholds);
      }
      kernels.spmm(insideUsers, dim, weights[l], rows[l].items(), rows[l + 1].users(), false);
      kernels.spmm(insideItems, dim, weights[l], rows[l].users(), rows[l + 1].items(), false);
      if (l + 1 < layers) {
        outside.fill(l + 1, rows[l + 1]);
      }
    }
    return readout == Readout.LAST ? rows[layers] : averaged();
  }

  @Override
  public void backward(NodeRows gradient, Parameters out) {
    outside.clear(gradient);
    if (readout == Readout.MEAN) {
      // The share of every layer; each is added to when the gradient arrives at it.
      scale(gradient, 1f / (layers + 1));
      mean.set(gradient);
    }
    NodeRows above = gradient;
    NodeRows below = spare;
    for (int l = layers - 1; l >= 0; l--) {
      if (l == 0) {
        below = out.base();
      }
      layerBackward(l, above, below, out.thresholds());
      if (readout == Readout.MEAN) {
        addTo(below, mean);
      }
      outside.clear(below);
      NodeRows done = above;
      above = below;
      below = done;
    }
    if (layers == 0) {
      out.base().set(gradient);
    }
    int perUser = out.thresholds().length / Math.max(1, graph.users());
    Arrays.fill(out.thresholds(), outside.insideUsers() * perUser, out.thresholds().length, 0f);
  }

  private void layerBackward(int l, NodeRows above, NodeRows below, float[] thresholdGradient) {
    kernels.spmm(insideUsers, dim, weights[l], above.items(), below.users(), false);
    kernels.spmm(insideItems, dim, weights[l], above.users(), below.items(), false);
    if (weighting == null) {
      return;
    }
    NodeRows x = rows[l];
    kernels.sddmm(graph.byUser(), dim, above.users(), x.items(), edgeGradient, false);
    kernels.sddmm(graph.byUser(), dim, x.users(), above.items(), edgeGradient, true);
    weighting.backward(edges[l], l, thresholds, edgeGradient, thresholdGradient);
    projections(graph.byUser(), userInverse[l], edges[l].cosines(), userTerm);
    projections(graph.byItem(), itemInverse[l], edges[l].cosines(), itemTerm);
    scaleByInverses(l, edgeGradient);
    kernels.spmm(insideUsers, dim, edgeGradient, x.items(), below.users(), true);
    kernels.spmm(insideItems, dim, edgeGradient, x.users(), below.items(), true);
    addScaledRows(userTerm, x.users(), below.users());
    addScaledRows(itemTerm, x.items(), below.items());
  }

  private void computeCosines(int l) {
    NodeRows x = rows[l];
    kernels.inverseNorms(graph.users(), dim, x.users(), userInverse[l]);
    kernels.inverseNorms(graph.items(), dim, x.items(), itemInverse[l]);
    kernels.sddmm(graph.byUser(), dim, x.users(), x.items(), edges[l].cosines(), false);
    scaleByInverses(l, edges[l].cosines());
  }

  private void scaleByInverses(int l, float[] values) {
    SparseRows a = graph.byUser();
    float[] users = userInverse[l];
    float[] items = itemInverse[l];
    kernels.forRange(
        a.rows(),
        (from, to) -> {
          for (int u = from; u < to; u++) {
            float inverse = users[u];
            for (int p = a.start(u); p < a.start(u + 1); p++) {
              values[p] *= inverse * items[a.column(p)];
            }
          }
        });
  }

  /** {@code -r^2 sum h_e s_e} for each row: the part of the gradient along the row itself. */
  private void projections(SparseRows a, float[] inverse, float[] cosine, float[] out) {
    kernels.forRange(
        a.rows(),
        (from, to) -> {
          for (int r = from; r < to; r++) {
            float sum = 0;
            for (int p = a.start(r); p < a.start(r + 1); p++) {
              int e = a.entry(p);
              sum += edgeGradient[e] * cosine[e];
            }
            out[r] = -inverse[r] * inverse[r] * sum;
          }
        });
  }

  private void addScaledRows(float[] scale, float[] x, float[] out) {
    kernels.forEach(scale.length, r -> kernels.axpy(dim, scale[r], x, r * dim, out, r * dim));
  }

  private NodeRows averaged() {
    mean.set(rows[0]);
    for (int l = 1; l <= layers; l++) {
      addTo(mean, rows[l]);
    }
    scale(mean, 1f / (layers + 1));
    return mean;
  }

  private void addTo(NodeRows sum, NodeRows other) {
    add(sum.users(), other.users());
    add(sum.items(), other.items());
  }

  private void add(float[] sum, float[] other) {
    kernels.forRange(
        sum.length / dim,
        (from, to) -> kernels.axpy((to - from) * dim, 1f, other, from * dim, sum, from * dim));
  }

  private static void scale(NodeRows rows, float factor) {
    scale(rows.users(), factor);
    scale(rows.items(), factor);
  }

  private static void scale(float[] values, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  @Override
  public NodeRows layer(int number) {
    return rows[number];
  }

  @Override
  public long bytes() {
    long bytes = spare.bytes() + (mean == null ? 0 : mean.bytes());
    for (int l = outside.isEmpty() ? 1 : 0; l <= layers; l++) {
      bytes += rows[l].bytes();
    }
    // The norms, which are all the weights that there are without a weighting.
    long floats = (long) graph.edges() + edgeGradient.length;
    floats += (long) edges.length * (2L * graph.edges() + graph.users() + graph.items());
    return bytes + Float.BYTES * (floats + userTerm.length + itemTerm.length);
  }
}
