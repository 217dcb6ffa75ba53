// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** What an edge's argument t = cosine - threshold becomes before the degrees divide it. */
interface EdgeActivation {

  double[] forward(EdgeList g, double[] t);

  /** The gradient with respect to {@code t}, given the one with respect to the result. */
  double[] backward(EdgeList g, double[] t, double[] gradResult);

  /** LightGCN: one, whatever the cosine. */
  EdgeActivation ONE = new Pointwise(t -> 1, t -> 0);

  /** NGAT4Rec: ReLU(t). */
  EdgeActivation RELU = new Pointwise(t -> Math.max(t, 0), t -> t > 0 ? 1 : 0);

  /**
   * TopKGAT, Eq. 12: four times the slope of the logistic function, {@code 4 sigma(t) sigma(-t)}.
   */
  EdgeActivation OMEGA = new Pointwise(EdgeActivation::omega, EdgeActivation::omegaSlope);

  /**
   * TopKGAT's ablation: a softmax over the edges of the user, times their number so that the mean
   * is one; a threshold cancels out in it.
   */
  EdgeActivation USER_SOFTMAX = new UserSoftmax();

  private static double omega(double t) {
    return 4 / ((1 + Math.exp(-t)) * (1 + Math.exp(t)));
  }

  private static double omegaSlope(double t) {
    return -omega(t) * Math.tanh(t / 2);
  }

  /** A function of one edge alone, with its slope. */
  record Pointwise(DoubleUnaryOperator value, DoubleUnaryOperator slope) implements EdgeActivation {

    @Override
    public double[] forward(EdgeList g, double[] t) {
      return Arrays.stream(t).map(value).toArray();
    }

    @Override
    public double[] backward(EdgeList g, double[] t, double[] gradResult) {
      double[] grad = new double[t.length];
      for (int e = 0; e < t.length; e++) {
        grad[e] = gradResult[e] * slope.applyAsDouble(t[e]);
      }
      return grad;
    }
  }

  /** {@code d_u e^t_e / sum over the user's edges}. */
  final class UserSoftmax implements EdgeActivation {
    @Override
    public double[] forward(EdgeList g, double[] t) {
      double[] p = shares(g, t);
      int[] degrees = g.userDegrees();
      for (int e = 0; e < t.length; e++) {
        p[e] *= degrees[g.user()[e]];
      }
      return p;
    }

    private static double[] shares(EdgeList g, double[] t) {
      double[] sums = new double[g.users()];
      for (int e = 0; e < t.length; e++) {
        sums[g.user()[e]] += Math.exp(t[e]);
      }
      double[] p = new double[t.length];
      for (int e = 0; e < t.length; e++) {
        p[e] = Math.exp(t[e]) / sums[g.user()[e]];
      }
      return p;
    }

    @Override
    public double[] backward(EdgeList g, double[] t, double[] gradResult) {
      double[] p = shares(g, t);
      int[] degrees = g.userDegrees();
      double[] mean = new double[g.users()];
      for (int e = 0; e < t.length; e++) {
        mean[g.user()[e]] += p[e] * gradResult[e];
      }
      double[] grad = new double[t.length];
      for (int e = 0; e < t.length; e++) {
        grad[e] = degrees[g.user()[e]] * p[e] * (gradResult[e] - mean[g.user()[e]]);
      }
      return grad;
    }
  }
}
