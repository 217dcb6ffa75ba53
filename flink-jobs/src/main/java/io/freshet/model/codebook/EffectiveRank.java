// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * How many directions rows spread over (Roy and Vetterli, EUSIPCO 2007): {@code exp(-sum p ln p)}
 * with p the singular values over their sum. From 1, where all lie on a line, to the number of
 * columns.
 */
public final class EffectiveRank {

  /** Added to each singular value, so that none is zero. */
  private static final double LEAST = 1e-12;

  private EffectiveRank() {}

  /**
   * Of rows whose outer products add up to this.
   *
   * @param moments [dim,dim], symmetric
   * @return 0 if all rows are zero
   */
  public static double ofMoments(float[] moments, int dim) {
    double[] values = new double[dim * dim];
    for (int i = 0; i < values.length; i++) {
      values[i] = moments[i];
    }
    return ofMoments(values, dim, dim);
  }

  /**
   * Of rows whose outer products add up to this.
   *
   * @param rank singular values that there are at most: the smaller of rows and dim
   */
  static double ofMoments(double[] moments, int dim, int rank) {
    double[][] square = new double[dim][dim];
    double trace = 0;
    for (int r = 0; r < dim; r++) {
      for (int c = 0; c < dim; c++) {
        // The products of a batch may differ in their last bits from those of the mirror image.
        square[r][c] = (moments[r * dim + c] + moments[c * dim + r]) / 2;
      }
      trace += square[r][r];
    }
    if (!(trace > 0) || !Double.isFinite(trace)) {
      return 0;
    }
    double[] eigenvalues =
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(square, false)).getEigenvalues();
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < rank; i++) {
      double singular = Math.sqrt(Math.max(0, eigenvalues[i])) + LEAST;
      sum += singular;
      weighted += singular * Math.log(singular);
    }
    return Math.exp(Math.log(sum) - weighted / sum);
  }
}
