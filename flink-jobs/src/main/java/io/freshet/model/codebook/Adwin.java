// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

/**
 * A window over values of [0,1] that keeps as long a past as its mean has not changed (ADWIN2,
 * Bifet and Gavalda, SDM 2007): it drops its oldest part whenever the means of two parts differ by
 * more than chance,
 *
 * <pre>{@code
 * eps = sqrt(2 / m var ln(2 / d)) + 2 / (3 m) ln(2 / d),  1/m = 1/n_0 + 1/n_1,  d = delta / ln n
 * }</pre>
 *
 * Values are held as an exponential histogram, {@value #BUCKETS} buckets of each size.
 */
final class Adwin {

  private static final int BUCKETS = 5;
  private static final int ROWS = 40;

  /** The cuts are looked at once in so many values. */
  private static final int CLOCK = 32;

  /** The least values in a part. */
  private static final int LEAST = 32;

  /** Values of {@link #write}. */
  static final int STATE = 1 + ROWS + 2 * ROWS * (BUCKETS + 1);

  private final double delta;

  // A bucket of row r holds 2^r values; the oldest of a row first.
  private final int[] filled = new int[ROWS];
  private final double[] sums = new double[ROWS * (BUCKETS + 1)];
  private final double[] deviations = new double[ROWS * (BUCKETS + 1)];
  private long since;
  private long count;
  private double sum;

  private double meanBefore;
  private double meanAfter;
  private double threshold;

  /**
   * An empty window.
   *
   * @param delta how often, at most, a cut is made without a change
   */
  Adwin(double delta) {
    this.delta = delta;
  }

  /**
   * Takes a value.
   *
   * @return whether the mean had changed, so that the window was cut
   */
  boolean add(double value) {
    insert(value);
    if (++since % CLOCK != 0) {
      return false;
    }
    boolean cut = false;
    while (dropOldestIfCut(!cut)) {
      cut = true;
    }
    return cut;
  }

  /** Values in the window. */
  long count() {
    return count;
  }

  double mean() {
    return count == 0 ? 0 : sum / count;
  }

  /** Of the last cut: the mean of what came before it. */
  double meanBefore() {
    return meanBefore;
  }

  /** Of the last cut: the mean of what came after it. */
  double meanAfter() {
    return meanAfter;
  }

  /** Of the last cut: how far apart the two had to be. */
  double threshold() {
    return threshold;
  }

  private void insert(double value) {
    put(0, value, 0);
    count++;
    sum += value;
    for (int row = 0; filled[row] > BUCKETS; row++) {
      int at = row * (BUCKETS + 1);
      double size = Math.scalb(1.0, row);
      double apart = (sums[at] - sums[at + 1]) / size;
      double both = deviations[at] + deviations[at + 1] + apart * apart * size / 2;
      double total = sums[at] + sums[at + 1];
      shift(row, 2);
      put(row + 1, total, both);
    }
  }

  private void put(int row, double total, double deviation) {
    int at = row * (BUCKETS + 1) + filled[row]++;
    sums[at] = total;
    deviations[at] = deviation;
  }

  private void shift(int row, int by) {
    int at = row * (BUCKETS + 1);
    filled[row] -= by;
    System.arraycopy(sums, at + by, sums, at, filled[row]);
    System.arraycopy(deviations, at + by, deviations, at, filled[row]);
  }

  /**
   * Looks at the cuts between buckets; drops the oldest bucket if one holds. Where the change was
   * is where the means differ most for the number of values: an older cut may hold as well, but has
   * some of what was before in what comes after.
   */
  private boolean dropOldestIfCut(boolean first) {
    if (count < 2 * LEAST) {
      return false;
    }
    double logTerm = Math.log(2 * Math.log(count) / delta);
    double variance = variance();
    double n0 = 0;
    double sum0 = 0;
    double clearest = 1;
    for (int row = highest(); row >= 0; row--) {
      for (int b = 0; b < filled[row]; b++) {
        n0 += Math.scalb(1.0, row);
        sum0 += sums[row * (BUCKETS + 1) + b];
        double n1 = count - n0;
        if (n0 < LEAST || n1 < LEAST) {
          continue;
        }
        double inverse = 1 / n0 + 1 / n1;
        double apart = Math.abs(sum0 / n0 - (sum - sum0) / n1);
        double least = Math.sqrt(2 * inverse * variance * logTerm) + 2 * inverse / 3 * logTerm;
        if (apart > clearest * least) {
          clearest = apart / least;
          if (first) {
            meanBefore = sum0 / n0;
            meanAfter = (sum - sum0) / n1;
            threshold = least;
          }
        }
      }
    }
    if (clearest > 1) {
      dropOldest();
    }
    return clearest > 1;
  }

  private void dropOldest() {
    int row = highest();
    count -= 1L << row;
    sum -= sums[row * (BUCKETS + 1)];
    shift(row, 1);
  }

  private int highest() {
    int row = ROWS - 1;
    while (row > 0 && filled[row] == 0) {
      row--;
    }
    return row;
  }

  private double variance() {
    double mean = mean();
    double total = 0;
    for (int row = 0; row < ROWS; row++) {
      double size = Math.scalb(1.0, row);
      for (int b = 0; b < filled[row]; b++) {
        int at = row * (BUCKETS + 1) + b;
        double off = sums[at] / size - mean;
        total += deviations[at] + size * off * off;
      }
    }
    return total / count;
  }

  void write(double[] out, int at) {
    out[at] = since;
    for (int row = 0; row < ROWS; row++) {
      out[at + 1 + row] = filled[row];
    }
    System.arraycopy(sums, 0, out, at + 1 + ROWS, sums.length);
    System.arraycopy(deviations, 0, out, at + 1 + ROWS + sums.length, deviations.length);
  }

  void read(double[] from, int at) {
    since = (long) from[at];
    count = 0;
    sum = 0;
    System.arraycopy(from, at + 1 + ROWS, sums, 0, sums.length);
    System.arraycopy(from, at + 1 + ROWS + sums.length, deviations, 0, deviations.length);
    for (int row = 0; row < ROWS; row++) {
      filled[row] = (int) from[at + 1 + row];
      count += (long) filled[row] << row;
      for (int b = 0; b < filled[row]; b++) {
        sum += sums[row * (BUCKETS + 1) + b];
      }
    }
  }
}
