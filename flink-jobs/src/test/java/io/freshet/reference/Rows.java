// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

/** Arithmetic on the rows of a matrix in double precision. */
public final class Rows {
  private static final double TINY = 1e-12;

  private Rows() {}

  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      sum += a[c] * b[c];
    }
    return sum;
  }

  /** {@code to += factor * row}. */
  public static void add(double[] to, double factor, double[] row) {
    for (int c = 0; c < to.length; c++) {
      to[c] += factor * row[c];
    }
  }

  /** {@code to += factor * rows}, row by row. */
  public static void add(double[][] to, double factor, double[][] rows) {
    for (int r = 0; r < to.length; r++) {
      add(to[r], factor, rows[r]);
    }
  }

  /** {@code to += factor * row * matrix}. */
  static void addProduct(double[] to, double factor, double[] row, double[][] matrix) {
    for (int r = 0; r < row.length; r++) {
      add(to, factor * row[r], matrix[r]);
    }
  }

  /** {@code to += factor * matrix * column}. */
  static void addProduct(double[] to, double factor, double[][] matrix, double[] column) {
    for (int r = 0; r < to.length; r++) {
      to[r] += factor * dot(matrix[r], column);
    }
  }

  /** {@code to += factor * a b^T}. */
  static void addOuter(double[][] to, double factor, double[] a, double[] b) {
    for (int r = 0; r < a.length; r++) {
      add(to[r], factor * a[r], b);
    }
  }

  public static double[][] zeros(double[][] like) {
    return new double[like.length][like.length == 0 ? 0 : like[0].length];
  }

  public static double[][] copy(double[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      copy[r] = rows[r].clone();
    }
    return copy;
  }

  /** Each row over its length, {@code x / max(|x|, 1e-12)}. */
  public static double[][] unit(double[][] rows) {
    double[][] unit = zeros(rows);
    for (int r = 0; r < rows.length; r++) {
      add(unit[r], 1 / Math.max(length(rows[r]), TINY), rows[r]);
    }
    return unit;
  }

  /**
   * The gradient with respect to {@code rows}, given the one with respect to {@link #unit}: {@code
   * (g - z <z, g>) / |x|}. A row inside the clamp gets none: its slope of 1e12 says nothing about a
   * direction, and no golden vector depends on it.
   */
  public static double[][] unitBackward(double[][] rows, double[][] gradUnit) {
    double[][] unit = unit(rows);
    double[][] grad = zeros(rows);
    for (int r = 0; r < rows.length; r++) {
      double length = length(rows[r]);
      if (length > TINY) {
        add(grad[r], 1 / length, gradUnit[r]);
        add(grad[r], -dot(unit[r], gradUnit[r]) / length, unit[r]);
      }
    }
    return grad;
  }

  private static double length(double[] row) {
    return Math.sqrt(dot(row, row));
  }
}
