// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import io.freshet.kernel.Kernels;

/**
 * Turns base rows into the rows whose inner products are the scores. An encoder is a choice of
 * formula; {@link #on} binds it to a graph:
 *
 * <pre>{@code
 * EncoderPass pass = new LightGcn(3, Readout.MEAN).on(graph, 64, Kernels.cpu(2));
 * NodeRows rows = pass.forward(parameters);
 * pass.backward(gradientOfRows, gradientOfParameters);
 * }</pre>
 */
public interface Encoder {

  /** How many layers of neighbours reach a node's final row. */
  int layers();

  /** Learnt thresholds per user. */
  default int thresholdsPerUser() {
    return 0;
  }

  /** Binds the encoder to a whole graph: every row is computed. */
  default EncoderPass on(BipartiteGraph graph, int dim, Kernels kernels) {
    return on(graph, Outside.none(graph), dim, kernels);
  }

  /**
   * Binds the encoder to a part of a graph.
   *
   * @param graph the nodes to compute and all neighbours of theirs, with the degrees that they have
   *     in the whole graph
   * @param outside which of the nodes enter as constant rows
   */
  EncoderPass on(BipartiteGraph graph, Outside outside, int dim, Kernels kernels);
}
