// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

/**
 * The end of a Rankformer layer for the nodes of one side: {@code (1 - tau) x + tau sum / C} with
 * {@code C = max(0, pull) + max(0, -push)}, where pull and push are the sums of a node's Omega+ and
 * Omega-. Where C is 0 nothing flows in and {@code sum / C} counts as 0: the papers' code divides
 * zero by zero there. A C under 1e-10 is 0: the linear form's push of a node that has no pair
 * without an edge is a difference of equal numbers, and its rounding must not become a divisor.
 */
final class RankformerBlend {
  private static final double ROUNDING = 1e-10;

  private final RankformerOptions options;
  private final double[][] x;
  private final double[] pull;
  private final double[] push;
  private final double[] normaliser;
  private final double[][] aggregate;

  /**
   * @param x the nodes' vectors as they entered the layer
   * @param sum their weighted sums over the other side
   * @param pull per node, the sum of Omega+
   * @param push per node, the sum of Omega-; zeros without negatives
   */
  RankformerBlend(
      RankformerOptions options, double[][] x, double[][] sum, double[] pull, double[] push) {
    this.options = options;
    this.x = x;
    this.pull = pull;
    this.push = push;
    normaliser = new double[x.length];
    aggregate = Rows.zeros(x);
    for (int r = 0; r < x.length; r++) {
      normaliser[r] = options.normaliser() ? Math.max(0, pull[r]) + Math.max(0, -push[r]) : 1;
      if (normaliser[r] > ROUNDING) {
        Rows.add(aggregate[r], 1 / normaliser[r], sum[r]);
      }
    }
  }

  double[] pull() {
    return pull;
  }

  double[] push() {
    return push;
  }

  double[] normaliser() {
    return normaliser;
  }

  /** The sums over C. */
  double[][] aggregate() {
    return aggregate;
  }

  double[][] out() {
    double[][] out = Rows.zeros(x);
    Rows.add(out, 1 - options.tau(), x);
    Rows.add(out, options.tau(), aggregate);
    return out;
  }

  /**
   * Gradients with respect to the constructor's arguments.
   *
   * @param x by the share of the layer's input that stays
   */
  record Backward(double[][] x, double[][] sum, double[] pull, double[] push) {}

  Backward backward(double[][] gradOut) {
    Backward grad =
        new Backward(Rows.zeros(x), Rows.zeros(x), new double[x.length], new double[x.length]);
    Rows.add(grad.x, 1 - options.tau(), gradOut);
    for (int r = 0; r < x.length; r++) {
      if (normaliser[r] > ROUNDING) {
        double factor = options.tau() / normaliser[r];
        Rows.add(grad.sum[r], factor, gradOut[r]);
        if (options.normaliser()) {
          double gradNormaliser = -factor * Rows.dot(gradOut[r], aggregate[r]);
          grad.pull[r] = pull[r] > 0 ? gradNormaliser : 0;
          grad.push[r] = push[r] < 0 ? -gradNormaliser : 0;
        }
      }
    }
    return grad;
  }
}
