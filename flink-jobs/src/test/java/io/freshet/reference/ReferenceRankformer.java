// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Rankformer (WWW 2025): a warm layer that puts each node at the plain mean of its neighbours' base
 * embeddings (at 0 without any), then the layers; the last one is final. It has no thresholds.
 */
public final class ReferenceRankformer implements ReferenceEncoder {
  private final boolean warm;
  private final List<RankformerLayer> layers = new ArrayList<>();
  private EdgeList g;

  private ReferenceRankformer(
      RankformerOptions options, Function<RankformerOptions, RankformerLayer> layer) {
    warm = options.warm();
    for (int l = 0; l < options.layers(); l++) {
      layers.add(layer.apply(options));
    }
  }

  /** Over all n x m pairs. */
  public static ReferenceRankformer dense(RankformerOptions options) {
    return new ReferenceRankformer(options, DenseRankformer::new);
  }

  /** In time linear in the edges and in the nodes. */
  public static ReferenceRankformer linear(RankformerOptions options) {
    return new ReferenceRankformer(options, LinearRankformer::new);
  }

  @Override
  public Final forward(EdgeList graph, double[][] users, double[][] items, double[][] thresholds) {
    if (thresholds != null) {
      throw new IllegalArgumentException("Rankformer has no thresholds");
    }
    g = graph;
    Final x = warm ? neighbourMeans(users, items) : new Final(users, items);
    for (RankformerLayer layer : layers) {
      x = layer.forward(g, x);
    }
    return x;
  }

  @Override
  public Gradients backward(double[][] gradFinalUsers, double[][] gradFinalItems) {
    Final grad = new Final(gradFinalUsers, gradFinalItems);
    for (int l = layers.size() - 1; l >= 0; l--) {
      grad = layers.get(l).backward(grad);
    }
    if (warm) {
      grad = neighbourMeansBackward(grad);
    }
    return new Gradients(grad.users(), grad.items(), null);
  }

  private Final neighbourMeans(double[][] users, double[][] items) {
    int[] userDegrees = g.userDegrees();
    int[] itemDegrees = g.itemDegrees();
    Final x = new Final(Rows.zeros(users), Rows.zeros(items));
    for (int e = 0; e < g.size(); e++) {
      int u = g.user()[e];
      int i = g.item()[e];
      Rows.add(x.users()[u], 1.0 / userDegrees[u], items[i]);
      Rows.add(x.items()[i], 1.0 / itemDegrees[i], users[u]);
    }
    return x;
  }

  private Final neighbourMeansBackward(Final gradOut) {
    int[] userDegrees = g.userDegrees();
    int[] itemDegrees = g.itemDegrees();
    Final grad = new Final(Rows.zeros(gradOut.users()), Rows.zeros(gradOut.items()));
    for (int e = 0; e < g.size(); e++) {
      int u = g.user()[e];
      int i = g.item()[e];
      Rows.add(grad.items()[i], 1.0 / userDegrees[u], gradOut.users()[u]);
      Rows.add(grad.users()[u], 1.0 / itemDegrees[i], gradOut.items()[i]);
    }
    return grad;
  }
}
