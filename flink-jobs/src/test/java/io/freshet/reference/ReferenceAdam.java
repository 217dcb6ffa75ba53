// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

/**
 * Adam (Kingma and Ba, 2015; betas 0.9 and 0.999, eps 1e-8) on one table, with the decoupled decay
 * of AdamW (Loshchilov and Hutter, 2019) where that is not 0: {@code x *= 1 - rate * decay} before
 * the step.
 */
public final class ReferenceAdam {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final double rate;
  private final double decay;
  private double[][] first;
  private double[][] second;
  private int steps;

  public ReferenceAdam(double rate, double decay) {
    this.rate = rate;
    this.decay = decay;
  }

  /** One step of the whole table, in place; always the same table. */
  public void step(double[][] table, double[][] grad) {
    if (steps++ == 0) {
      first = Rows.zeros(table);
      second = Rows.zeros(table);
    }
    for (int r = 0; r < table.length; r++) {
      for (int c = 0; c < table[r].length; c++) {
        double g = grad[r][c];
        first[r][c] = BETA1 * first[r][c] + (1 - BETA1) * g;
        second[r][c] = BETA2 * second[r][c] + (1 - BETA2) * g * g;
        double mean = first[r][c] / (1 - Math.pow(BETA1, steps));
        double square = second[r][c] / (1 - Math.pow(BETA2, steps));
        table[r][c] -= rate * decay * table[r][c];
        table[r][c] -= rate * mean / (Math.sqrt(square) + EPSILON);
      }
    }
  }
}
