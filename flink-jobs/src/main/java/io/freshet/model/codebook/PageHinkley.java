// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

/**
 * The test of Page (Biometrika 1954) in the form of Hinkley (1971) and Mouss et al. (2004) for a
 * value that leaves its course one way: with x the observations' distances from where they were
 * expected, in deviations,
 *
 * <pre>{@code
 * U_t = sum_{i <= t} (x_i - delta);  alarm when U_t - min_{i <= t} U_i > lambda
 * }</pre>
 *
 * What is expected is a line through the latest {@value #MEMORY} observations or so, or their mean
 * where that is worse: a figure of a model that learns has a trend, and neither to go on with it
 * nor to level off is a change for the worse. A deviation is one from the line. Nothing is said
 * before {@value #WARM_UP}. After that an observation moves line and deviation as if it lay {@value
 * #CLIP} deviations off at most, so that a change does not pass for a trend before it is found. No
 * deviation counts as smaller than a share of the mean: a change that nobody would act on is no
 * change.
 */
final class PageHinkley {

  /** What an observation may lie off by, in deviations. */
  static final double DELTA = 1;

  /** What such excesses may add up to, in deviations. */
  static final double LAMBDA = 15;

  static final int WARM_UP = 30;
  static final int MEMORY = 200;
  static final double CLIP = 3;

  /** Values of {@link #write}. */
  static final int STATE = 4 + TrendLine.STATE;

  private final double direction;
  private final double leastDeviation;
  private final TrendLine line = new TrendLine(MEMORY);
  private double count;
  private double variance;
  private double sum;
  private double least;

  /**
   * Nothing observed yet.
   *
   * @param rises whether it looks for a value that rises; otherwise for one that falls
   * @param leastDeviation share of the mean under which no deviation counts
   */
  PageHinkley(boolean rises, double leastDeviation) {
    this.direction = rises ? 1 : -1;
    this.leastDeviation = leastDeviation;
  }

  /**
   * Observes a value.
   *
   * @return whether it is an alarm, which lasts until {@link #reset}
   */
  boolean add(double x) {
    double expected = line.next();
    double off = count == 0 ? 0 : x - expected;
    if (count >= WARM_UP) {
      sum += excess(x) - DELTA;
      least = Math.min(least, sum);
      double most = CLIP * deviation();
      off = Math.max(-most, Math.min(most, off));
    }
    count++;
    if (count > 2) {
      // Two observations are on any line.
      double share = 1 / Math.min(count, MEMORY);
      variance = (1 - share) * variance + share * off * off;
    }
    line.add(count == 1 ? x : expected + off);
    return statistic() > LAMBDA;
  }

  /** By how many deviations a value lies beyond what is expected, on the side that is looked at. */
  double excess(double x) {
    double off = Math.min(direction * (x - line.next()), direction * (x - line.mean()));
    return off == 0 ? 0 : off / Math.max(deviation(), Double.MIN_NORMAL);
  }

  private double deviation() {
    return Math.max(Math.sqrt(variance), leastDeviation * Math.abs(line.mean()));
  }

  /** U_t less its minimum. */
  double statistic() {
    return sum - least;
  }

  /** Forgets all, to learn the course anew. */
  void reset() {
    line.reset();
    count = 0;
    variance = 0;
    sum = 0;
    least = 0;
  }

  void write(double[] out, int at) {
    out[at] = count;
    out[at + 1] = variance;
    out[at + 2] = sum;
    out[at + 3] = least;
    line.write(out, at + 4);
  }

  void read(double[] from, int at) {
    count = from[at];
    variance = from[at + 1];
    sum = from[at + 2];
    least = from[at + 3];
    line.read(from, at + 4);
  }
}
