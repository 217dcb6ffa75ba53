// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;

/**
 * TopKGAT (WWW 2026, Eq. 11 and 12). With a learnt raw threshold W [n,L] and beta = tanh(W), in
 * layer l
 *
 * <pre>{@code
 * t_e = <norm(x_u), norm(x_i)> - beta[u,l]
 * omega(t) = 4 / ((1 + e^-t)(1 + e^t))
 * w_e = omega(t_e) / sqrt(d_u d_i)
 * }</pre>
 *
 * The values are not normalised, and the final row is the last layer alone: a node without edges
 * has a zero row.
 *
 * @param activation what turns a distance to the threshold into a weight
 * @param learnt whether each user learns a threshold for each layer
 * @param fixed beta of every user and layer where it is not learnt; 0 is the paper's ablation
 */
public record TopKGat(int layers, Activation activation, boolean learnt, double fixed)
    implements Encoder {

  /** What a distance to the threshold is turned into. */
  public enum Activation {
    /** omega, a band around the threshold: the paper's. */
    BAND,
    /**
     * Softmax over the user's edges, in which the threshold cancels: the paper's ablation. Times
     * the number of edges, so that weights are one on average as omega's about are; otherwise four
     * layers shrink every row to nothing. Needs all edges of every user, of outside ones too.
     */
    SOFTMAX
  }

  /** The paper's form. */
  public TopKGat(int layers) {
    this(layers, Activation.BAND, true, 0);
  }

  @Override
  public int thresholdsPerUser() {
    return learnt ? layers : 0;
  }

  @Override
  public EncoderPass on(BipartiteGraph graph, Outside outside, int dim, Kernels kernels) {
    EdgeWeighting weighting = activation == Activation.BAND ? new Band() : new Softmax();
    return new Propagation(graph, outside, dim, layers, Readout.LAST, weighting, kernels);
  }

  private double beta(float[] thresholds, int user, int layer) {
    return learnt ? Math.tanh(thresholds[user * layers + layer]) : fixed;
  }

  private final class Band implements EdgeWeighting {

    @Override
    public void weigh(EdgeValues edges, int layer, float[] thresholds) {
      SparseRows a = edges.byUser();
      edges.forUsers(
          u -> {
            double beta = beta(thresholds, u, layer);
            for (int e = a.start(u); e < a.start(u + 1); e++) {
              double x = Math.exp(edges.cosines()[e] - beta);
              edges.weights()[e] = (float) (edges.norms()[e] * 4 * x / ((1 + x) * (1 + x)));
            }
          });
    }

    @Override
    public void backward(
        EdgeValues edges, int layer, float[] thresholds, float[] gradient, float[] out) {
      SparseRows a = edges.byUser();
      edges.forUsers(
          u -> {
            double beta = beta(thresholds, u, layer);
            double sum = 0;
            for (int e = a.start(u); e < a.start(u + 1); e++) {
              // omega' = -omega tanh(t / 2), and tanh(t / 2) = (e^t - 1) / (e^t + 1)
              double x = Math.exp(edges.cosines()[e] - beta);
              gradient[e] *= (float) ((1 - x) / (1 + x) * edges.weights()[e]);
              sum += gradient[e];
            }
            if (learnt) {
              out[u * layers + layer] = (float) (-sum * (1 - beta * beta));
            }
          });
    }
  }

  private static final class Softmax implements EdgeWeighting {

    @Override
    public void weigh(EdgeValues edges, int layer, float[] thresholds) {
      SparseRows a = edges.byUser();
      edges.forUsers(
          u -> {
            int count = a.start(u + 1) - a.start(u);
            double sum = 0;
            for (int e = a.start(u); e < a.start(u + 1); e++) {
              sum += Math.exp(edges.cosines()[e]);
            }
            for (int e = a.start(u); e < a.start(u + 1); e++) {
              double share = Math.exp(edges.cosines()[e]) / sum;
              edges.weights()[e] = (float) (edges.norms()[e] * count * share);
            }
          });
    }

    @Override
    public void backward(
        EdgeValues edges, int layer, float[] thresholds, float[] gradient, float[] out) {
      SparseRows a = edges.byUser();
      edges.forUsers(
          u -> {
            int count = a.start(u + 1) - a.start(u);
            double mean = 0;
            for (int e = a.start(u); e < a.start(u + 1); e++) {
              mean += gradient[e] * edges.weights()[e];
            }
            for (int e = a.start(u); e < a.start(u + 1); e++) {
              float weight = edges.weights()[e];
              gradient[e] =
                  (float) (weight * gradient[e] - weight / (edges.norms()[e] * count) * mean);
            }
          });
    }
  }
}
