// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import io.freshet.kernel.Kernels;

/**
 * NGAT4Rec in the form that the TopKGAT paper compares with: {@code w_e = ReLU(cos(x_u, x_i)) /
 * sqrt(d_u d_i)}.
 */
public record Ngat4Rec(int layers, Readout readout) implements Encoder {

  @Override
  public EncoderPass on(BipartiteGraph graph, Outside outside, int dim, Kernels kernels) {
    return new Propagation(graph, outside, dim, layers, readout, new Rectified(), kernels);
  }

  private record Rectified() implements EdgeWeighting {

    @Override
    public void weigh(EdgeValues edges, int layer, float[] thresholds) {
      for (int e = 0; e < edges.weights().length; e++) {
        edges.weights()[e] = Math.max(0f, edges.cosines()[e]) * edges.norms()[e];
      }
    }

    @Override
    public void backward(
        EdgeValues edges, int layer, float[] thresholds, float[] gradient, float[] out) {
      for (int e = 0; e < edges.weights().length; e++) {
        gradient[e] = edges.cosines()[e] > 0 ? gradient[e] * edges.norms()[e] : 0f;
      }
    }
  }
}
