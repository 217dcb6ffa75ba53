// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import java.util.Arrays;
import java.util.List;

/**
 * The nodes of a subgraph that enter as constant rows (historical embeddings: Chen et al., ICML
 * 2018; Fey et al., ICML 2021). Inside nodes come first: users below {@code insideUsers} and items
 * below {@code insideItems} are computed and get gradients; the rest are read from stored layers.
 *
 * @param insideUsers how many users are computed
 * @param insideItems how many items are computed; 0 to fold users in against stored items
 * @param layers stored rows by layer, 0 to L - 1, each with a row for every node of the subgraph,
 *     of which only those of outside nodes are read; empty if there are no outside nodes
 * @param sums by layer, what {@link Rankformer} needs of the whole graph; empty for the others
 */
public record Outside(
    int insideUsers, int insideItems, List<NodeRows> layers, List<RankformerSums> sums) {

  public Outside {
    layers = List.copyOf(layers);
    sums = List.copyOf(sums);
  }

  /** For the encoders that need no sums. */
  public Outside(int insideUsers, int insideItems, List<NodeRows> layers) {
    this(insideUsers, insideItems, layers, List.of());
  }

  /** All nodes inside. */
  public static Outside none(BipartiteGraph graph) {
    return new Outside(graph.users(), graph.items(), List.of());
  }

  /**
   * Layer 0.
   *
   * @param own rows to copy into where outside rows must stand among the base rows
   */
  NodeRows base(NodeRows base, NodeRows own) {
    if (isEmpty()) {
      return base;
    }
    own.set(base);
    fill(0, own);
    return own;
  }

  /** Puts the constant rows of a layer in their place. */
  void fill(int layer, NodeRows rows) {
    if (layers.isEmpty()) {
      return;
    }
    NodeRows stored = layers.get(layer);
    int u = insideUsers * rows.dim();
    int i = insideItems * rows.dim();
    System.arraycopy(stored.users(), u, rows.users(), u, rows.users().length - u);
    System.arraycopy(stored.items(), i, rows.items(), i, rows.items().length - i);
  }

  /** Sets the rows of outside nodes to zero: a constant has no gradient. */
  void clear(NodeRows gradient) {
    Arrays.fill(gradient.users(), insideUsers * gradient.dim(), gradient.users().length, 0f);
    Arrays.fill(gradient.items(), insideItems * gradient.dim(), gradient.items().length, 0f);
  }

  boolean isEmpty() {
    return layers.isEmpty();
  }
}
