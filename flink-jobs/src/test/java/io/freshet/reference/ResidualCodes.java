// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

/** Residual vector quantisation in double precision, simple to read. */
public final class ResidualCodes {

  private ResidualCodes() {}

  /** The nearest code, the lowest on a tie. */
  public static int nearest(double[] residual, double[][] book) {
    int best = 0;
    for (int k = 1; k < book.length; k++) {
      if (squared(minus(residual, book[k])) < squared(minus(residual, book[best]))) {
        best = k;
      }
    }
    return best;
  }

  /** A vector's code at each level. */
  public static int[] codes(double[] vector, double[][][] books) {
    int[] codes = new int[books.length];
    double[] residual = vector;
    for (int l = 0; l < books.length; l++) {
      codes[l] = nearest(residual, books[l]);
      residual = minus(residual, books[l][codes[l]]);
    }
    return codes;
  }

  /** What is left of a vector for a level, 0 for the vector itself. */
  public static double[] residual(double[] vector, double[][][] books, int level) {
    int[] codes = codes(vector, books);
    double[] residual = vector;
    for (int l = 0; l < level; l++) {
      residual = minus(residual, books[l][codes[l]]);
    }
    return residual;
  }

  public static double[] quantised(double[] vector, double[][][] books) {
    return minus(vector, residual(vector, books, books.length));
  }

  public static double squared(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    return sum;
  }

  private static double[] minus(double[] x, double[] y) {
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i] - y[i];
    }
    return out;
  }

  /** The moving averages of one level. */
  public static final class Averages {
    public final double[] counts;
    public final double[][] sums;
    public double[] batchCounts;
    public double[][] batchSums;

    public Averages(double[] counts, double[][] sums) {
      this.counts = counts;
      this.sums = sums;
    }

    public void step(double decay, double[][] residuals, int[] codes) {
      batchCounts = new double[counts.length];
      batchSums = new double[counts.length][sums[0].length];
      for (int n = 0; n < codes.length; n++) {
        batchCounts[codes[n]]++;
        for (int i = 0; i < residuals[n].length; i++) {
          batchSums[codes[n]][i] += residuals[n][i];
        }
      }
      for (int k = 0; k < counts.length; k++) {
        counts[k] = decay * counts[k] + (1 - decay) * batchCounts[k];
        for (int i = 0; i < sums[k].length; i++) {
          sums[k][i] = decay * sums[k][i] + (1 - decay) * batchSums[k][i];
        }
      }
    }

    public double[][] smoothed(double epsilon) {
      double total = 0;
      for (double count : counts) {
        total += count;
      }
      double[][] book = new double[counts.length][sums[0].length];
      for (int k = 0; k < counts.length; k++) {
        double count = (counts[k] + epsilon) / (total + counts.length * epsilon) * total;
        for (int i = 0; i < sums[k].length; i++) {
          book[k][i] = sums[k][i] / count;
        }
      }
      return book;
    }

    public void replace(int code, double count, double[] by) {
      counts[code] = count;
      for (int i = 0; i < by.length; i++) {
        sums[code][i] = count * by[i];
      }
    }
  }
}
