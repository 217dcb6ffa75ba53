// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

import io.freshet.kernel.Kernels;
import io.freshet.model.SplitMix;
import io.freshet.model.batch.BatchTrainer;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.Encoder;

/**
 * What training an encoder holds in memory: graph, parameters, moments, gradients, layers and
 * negatives.
 *
 * @param bytesPerEdge grows with the edges
 * @param bytesPerNode grows with users and items, which have the proportions of {@link
 *     PowerLawGraph}
 */
public record Footprint(double bytesPerEdge, double bytesPerNode) {

  private static final int PROBE_EDGES = 20_000;

  /** Reckons both from what trainers on two small graphs of the same nodes say they hold. */
  static Footprint of(Encoder encoder, int dim) {
    PowerLawGraph shape = new PowerLawGraph(PROBE_EDGES);
    long once = probe(encoder, dim, shape, PROBE_EDGES);
    long twice = probe(encoder, dim, shape, 2 * PROBE_EDGES);
    double perEdge = (twice - once) / (double) PROBE_EDGES;
    double nodes = (double) shape.users() + shape.items();
    return new Footprint(perEdge, (once - perEdge * PROBE_EDGES) / nodes);
  }

  private static long probe(Encoder encoder, int dim, PowerLawGraph shape, int edges) {
    SplitMix random = new SplitMix(edges);
    int[] users = new int[edges];
    int[] items = new int[edges];
    for (int e = 0; e < edges; e++) {
      users[e] = random.nextInt(shape.users());
      items[e] = random.nextInt(shape.items());
    }
    BipartiteGraph graph = BipartiteGraph.of(shape.users(), shape.items(), users, items);
    BatchTrainer trainer =
        BatchTrainer.start(encoder, graph, EncoderBench.training(dim, 1), Kernels.cpu());
    trainer.epoch();
    return graph.bytes() + trainer.bytes();
  }

  /** Bytes for a graph of this size. */
  double bytes(PowerLawGraph graph) {
    return bytesPerEdge * graph.edges() + bytesPerNode * (graph.users() + (double) graph.items());
  }
}
