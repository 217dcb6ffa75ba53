// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

/**
 * AdaGrad with one accumulator per row, as the streaming learner keeps it (Duchi et al., 2011, the
 * diagonal reduced to its mean): {@code acc += mean(g^2); x -= rate * g / (sqrt(acc) + 1e-8)}.
 */
public final class ReferenceAdaGrad {
  private static final double EPSILON = 1e-8;

  private final double rate;
  private final double[] accumulators;

  public ReferenceAdaGrad(double rate, int rows) {
    this.rate = rate;
    accumulators = new double[rows];
  }

  /** One step of the whole table, in place; a row without gradient stays as it is. */
  public void step(double[][] table, double[][] grad) {
    for (int r = 0; r < table.length; r++) {
      accumulators[r] += Rows.dot(grad[r], grad[r]) / grad[r].length;
      Rows.add(table[r], -rate / (Math.sqrt(accumulators[r]) + EPSILON), grad[r]);
    }
  }

  public double accumulator(int row) {
    return accumulators[row];
  }
}
