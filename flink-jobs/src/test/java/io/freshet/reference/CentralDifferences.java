// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

import java.util.function.DoubleSupplier;

/** Slopes of a loss by moving one entry at a time, to the fourth order in the step. */
final class CentralDifferences {
  private static final double STEP = 1e-4;

  private CentralDifferences() {}

  /**
   * The gradient of a loss with respect to {@code table}, whose entries are moved in place and put
   * back; it is good to about 1e-11 of the loss where that is smooth within two steps.
   */
  static double[][] of(double[][] table, DoubleSupplier loss) {
    double[][] grad = Rows.zeros(table);
    for (int r = 0; r < table.length; r++) {
      for (int c = 0; c < table[r].length; c++) {
        double at = table[r][c];
        double near = moved(table[r], c, at + STEP, loss) - moved(table[r], c, at - STEP, loss);
        double far =
            moved(table[r], c, at + 2 * STEP, loss) - moved(table[r], c, at - 2 * STEP, loss);
        grad[r][c] = (8 * near - far) / (12 * STEP);
        table[r][c] = at;
      }
    }
    return grad;
  }

  private static double moved(double[] row, int c, double to, DoubleSupplier loss) {
    row[c] = to;
    return loss.getAsDouble();
  }
}
