// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;
import java.util.Arrays;
import java.util.List;

/** The warm layer and the layers of a {@link Rankformer}; layer number 1 is the warm one. */
public final class RankformerPass implements EncoderPass {

  private final BipartiteGraph graph;
  private final Outside outside;
  private final Kernels kernels;
  private final int dim;

  private final NodeRows[] rows;
  private final RankformerLayer[] layers;
  private final RankformerScratch scratch;
  private final RankformerGradient gradients;
  private final NodeRows spare;

  /** 1 / degree of each edge's user, and of its item. */
  private final float[] userMeans;

  private final float[] itemMeans;

  RankformerPass(
      Rankformer options, BipartiteGraph graph, Outside outside, int dim, Kernels kernels) {
    this.graph = graph;
    this.outside = outside;
    this.kernels = kernels;
    this.dim = dim;
    this.rows = new NodeRows[options.layers() + 2];
    for (int l = outside.isEmpty() ? 1 : 0; l < rows.length; l++) {
      rows[l] = NodeRows.zero(graph.users(), graph.items(), dim);
    }
    int allItems = outside.isEmpty() ? graph.items() : outside.sums().get(0).items();
    this.scratch = new RankformerScratch(graph, allItems, dim, kernels);
    this.gradients = new RankformerGradient(options, graph, dim, kernels, scratch);
    this.layers = new RankformerLayer[options.layers()];
    for (int l = 0; l < layers.length; l++) {
      RankformerSums sums = outside.isEmpty() ? null : outside.sums().get(l);
      layers[l] =
          new RankformerLayer(options, graph, outside.insideUsers(), sums, dim, kernels, scratch);
    }
    this.spare = NodeRows.zero(graph.users(), graph.items(), dim);
    this.userMeans = means(graph.byUser(), graph.userDegrees());
    this.itemMeans = means(graph.byItem(), graph.itemDegrees());
  }

  private static float[] means(SparseRows a, int[] degrees) {
    float[] means = new float[a.size()];
    for (int r = 0; r < a.rows(); r++) {
      for (int p = a.start(r); p < a.start(r + 1); p++) {
        means[a.entry(p)] = 1f / degrees[r];
      }
    }
    return means;
  }

  @Override
  public NodeRows forward(Parameters parameters) {
    rows[0] = outside.base(parameters.base(), rows[0]);
    kernels.spmm(graph.byUser(), dim, userMeans, rows[0].items(), rows[1].users(), false);
    kernels.spmm(graph.byItem(), dim, itemMeans, rows[0].users(), rows[1].items(), false);
    for (int l = 0; l < layers.length; l++) {
      outside.fill(l + 1, rows[l + 1]);
      layers[l].forward(rows[l + 1], rows[l + 2]);
    }
    return rows[rows.length - 1];
  }

  @Override
  public void backward(NodeRows gradient, Parameters out) {
    NodeRows above = gradient;
    NodeRows below = spare;
    outside.clear(above);
    for (int l = layers.length - 1; l >= 0; l--) {
      gradients.backward(layers[l], rows[l + 1], rows[l + 2], above, below);
      outside.clear(below);
      NodeRows done = above;
      above = below;
      below = done;
    }
    kernels.spmm(graph.byUser(), dim, itemMeans, above.items(), out.base().users(), false);
    kernels.spmm(graph.byItem(), dim, userMeans, above.users(), out.base().items(), false);
    outside.clear(out.base());
  }

  /** What parts of this graph need to know of the whole, by layer, from the latest forward. */
  public List<RankformerSums> sums() {
    return Arrays.stream(layers).map(RankformerLayer::sums).toList();
  }

  @Override
  public NodeRows layer(int number) {
    return rows[number];
  }

  @Override
  public long bytes() {
    long bytes = spare.bytes() + scratch.bytes() + 2L * Float.BYTES * graph.edges();
    for (int l = outside.isEmpty() ? 1 : 0; l < rows.length; l++) {
      bytes += rows[l].bytes();
    }
    for (RankformerLayer layer : layers) {
      bytes += layer.bytes();
    }
    return bytes;
  }
}
