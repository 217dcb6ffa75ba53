// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * The encoders whose layers are weighted neighbour sums: MF (none), LightGCN, NGAT4Rec and TopKGAT
 * (WWW 2026, Eq. 11-12). Per layer, with values that are not normalised,
 *
 * <pre>
 * t_e  = cos(x_u, x_i) - tanh(W[u, l])
 * w_e  = activation(t_e) / sqrt(d_u d_i)
 * x'_u = sum_i w_e x_i        x'_i = sum_u w_e x_u
 * </pre>
 */
public final class ReferencePropagation implements ReferenceEncoder {

  /** Which of the layers 0..L make the final vectors. */
  public enum Output {
    MEAN,
    LAST
  }

  /**
   * One layer as it was computed; the arrays are in edge order.
   *
   * @param input the vectors that entered it
   * @param cosine cos(x_u, x_i)
   * @param argument cosine less threshold
   * @param activated the activation of the argument
   * @param weight what multiplied the neighbour
   */
  public record Layer(
      Final input, double[] cosine, double[] argument, double[] activated, double[] weight) {}

  private final int depth;
  private final Output output;
  private final EdgeActivation activation;
  private final boolean thresholded;

  private EdgeList g;
  private double[][] thresholds;
  private final List<Layer> layers = new ArrayList<>();

  private ReferencePropagation(
      int depth, Output output, EdgeActivation activation, boolean thresholded) {
    this.depth = depth;
    this.output = output;
    this.activation = activation;
    this.thresholded = thresholded;
  }

  /** The base embeddings themselves. */
  public static ReferencePropagation mf() {
    return new ReferencePropagation(0, Output.LAST, EdgeActivation.ONE, false);
  }

  public static ReferencePropagation lightGcn(int layers, Output output) {
    return new ReferencePropagation(layers, output, EdgeActivation.ONE, false);
  }

  public static ReferencePropagation ngat4Rec(int layers, Output output) {
    return new ReferencePropagation(layers, output, EdgeActivation.RELU, false);
  }

  public static ReferencePropagation topKGat(int layers) {
    return new ReferencePropagation(layers, Output.LAST, EdgeActivation.OMEGA, true);
  }

  /**
   * TopKGAT with d_u times a softmax over the edges of the user in place of omega; both sides use
   * it.
   */
  public static ReferencePropagation topKGatSoftmax(int layers) {
    return new ReferencePropagation(layers, Output.LAST, EdgeActivation.USER_SOFTMAX, true);
  }

  /** TopKGAT with every threshold 0; those it is given get gradient 0. */
  public static ReferencePropagation topKGatWithoutThreshold(int layers) {
    return new ReferencePropagation(layers, Output.LAST, EdgeActivation.OMEGA, false);
  }

  /** The layers of the last forward pass, first to last. */
  public List<Layer> layers() {
    return List.copyOf(layers);
  }

  @Override
  public Final forward(
      EdgeList graph, double[][] users, double[][] items, double[][] rawThresholds) {
    g = graph;
    thresholds = rawThresholds;
    layers.clear();
    Final x = new Final(users, items);
    double[][] sumUsers = Rows.copy(users);
    double[][] sumItems = Rows.copy(items);
    for (int l = 0; l < depth; l++) {
      Layer layer = layer(x, l);
      layers.add(layer);
      x = propagate(layer.weight, x);
      Rows.add(sumUsers, 1, x.users());
      Rows.add(sumItems, 1, x.items());
    }
    if (output == Output.LAST) {
      return new Final(Rows.copy(x.users()), Rows.copy(x.items()));
    }
    double[][] meanUsers = Rows.zeros(users);
    double[][] meanItems = Rows.zeros(items);
    Rows.add(meanUsers, 1.0 / (depth + 1), sumUsers);
    Rows.add(meanItems, 1.0 / (depth + 1), sumItems);
    return new Final(meanUsers, meanItems);
  }

  private Layer layer(Final x, int l) {
    double[][] unitUsers = Rows.unit(x.users());
    double[][] unitItems = Rows.unit(x.items());
    double[] cosine = new double[g.size()];
    double[] t = new double[g.size()];
    for (int e = 0; e < g.size(); e++) {
      int u = g.user()[e];
      cosine[e] = Rows.dot(unitUsers[u], unitItems[g.item()[e]]);
      t[e] = cosine[e] - beta(u, l);
    }
    double[] activated = activation.forward(g, t);
    double[] weight = new double[g.size()];
    double[] scale = degreeScale();
    for (int e = 0; e < g.size(); e++) {
      weight[e] = activated[e] * scale[e];
    }
    return new Layer(x, cosine, t, activated, weight);
  }

  private double beta(int u, int l) {
    return thresholded && thresholds != null ? Math.tanh(thresholds[u][l]) : 0;
  }

  /** {@code 1 / sqrt(d_u d_i)} of each edge. */
  private double[] degreeScale() {
    int[] userDegrees = g.userDegrees();
    int[] itemDegrees = g.itemDegrees();
    double[] scale = new double[g.size()];
    for (int e = 0; e < g.size(); e++) {
      scale[e] = 1 / Math.sqrt((double) userDegrees[g.user()[e]] * itemDegrees[g.item()[e]]);
    }
    return scale;
  }

  /** Weighted neighbour sums both ways; with gradients for vectors, also their own transpose. */
  private Final propagate(double[] weight, Final x) {
    double[][] users = Rows.zeros(x.users());
    double[][] items = Rows.zeros(x.items());
    for (int e = 0; e < g.size(); e++) {
      int u = g.user()[e];
      int i = g.item()[e];
      Rows.add(users[u], weight[e], x.items()[i]);
      Rows.add(items[i], weight[e], x.users()[u]);
    }
    return new Final(users, items);
  }

  @Override
  public Gradients backward(double[][] gradFinalUsers, double[][] gradFinalItems) {
    double share = output == Output.MEAN ? 1.0 / (depth + 1) : 1;
    double[][] gradThresholds = thresholds == null ? null : Rows.zeros(thresholds);
    Final grad = new Final(Rows.zeros(gradFinalUsers), Rows.zeros(gradFinalItems));
    Rows.add(grad.users(), share, gradFinalUsers);
    Rows.add(grad.items(), share, gradFinalItems);
    for (int l = depth - 1; l >= 0; l--) {
      grad = layerBackward(l, grad, gradThresholds);
      if (output == Output.MEAN) {
        Rows.add(grad.users(), share, gradFinalUsers);
        Rows.add(grad.items(), share, gradFinalItems);
      }
    }
    return new Gradients(grad.users(), grad.items(), gradThresholds);
  }

  private Final layerBackward(int l, Final gradOut, double[][] gradThresholds) {
    Layer layer = layers.get(l);
    double[][] xu = layer.input.users();
    double[][] xi = layer.input.items();
    double[] scale = degreeScale();
    double[] gradActivated = new double[g.size()];
    for (int e = 0; e < g.size(); e++) {
      int u = g.user()[e];
      int i = g.item()[e];
      gradActivated[e] =
          scale[e] * (Rows.dot(gradOut.users()[u], xi[i]) + Rows.dot(gradOut.items()[i], xu[u]));
    }
    double[] gradT = activation.backward(g, layer.argument, gradActivated);
    // The cosine's gradient reaches the unit vectors by the same neighbour sums as a value's.
    Final gradUnit = propagate(gradT, new Final(Rows.unit(xu), Rows.unit(xi)));
    Final grad = propagate(layer.weight, gradOut);
    Rows.add(grad.users(), 1, Rows.unitBackward(xu, gradUnit.users()));
    Rows.add(grad.items(), 1, Rows.unitBackward(xi, gradUnit.items()));
    if (gradThresholds != null && thresholded) {
      for (int e = 0; e < g.size(); e++) {
        int u = g.user()[e];
        gradThresholds[u][l] -= gradT[e] * (1 - beta(u, l) * beta(u, l));
      }
    }
    return grad;
  }
}
