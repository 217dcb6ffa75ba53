// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

/**
 * The test of Page (Biometrika 1954) in the form of Hinkley (1971) and Mouss et al. (2004) for a
 * mean that moves one way: with x the observations in deviations from their mean so far,
 *
 * <pre>{@code
 * U_t = sum_{i <= t} (x_i - delta);  alarm when U_t - min_{i <= t} U_i > lambda
 * }</pre>
 *
 * Mean and deviation are those of the latest {@value #MEMORY} observations or so, so that a slow
 * trend is no change, and nothing is said before {@value #WARM_UP}. No deviation counts as smaller
 * than a share of the mean: a change that nobody would act on is no change.
 */
final class PageHinkley {

  /** What an observation may exceed the mean by, in deviations. */
  static final double DELTA = 1;

  /** What such excesses may add up to, in deviations. */
  static final double LAMBDA = 15;

  static final int WARM_UP = 30;
  static final int MEMORY = 200;

  /** Values of {@link #write}. */
  static final int STATE = 5;

  private final double direction;
  private final double leastDeviation;
  private double count;
  private double mean;
  private double variance;
  private double sum;
  private double least;

  /**
   * Nothing observed yet.
   *
   * @param rises whether it looks for a mean that rises; otherwise for one that falls
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
    if (count >= WARM_UP) {
      sum += excess(x) - DELTA;
      least = Math.min(least, sum);
    }
    count++;
    double share = 1 / Math.min(count, MEMORY);
    double off = x - mean;
    mean += share * off;
    variance = (1 - share) * (variance + share * off * off);
    return statistic() > LAMBDA;
  }

  /** By how many deviations a value lies on the side that is looked at. */
  double excess(double x) {
    double deviation = Math.max(Math.sqrt(variance), leastDeviation * Math.abs(mean));
    double off = direction * (x - mean);
    return off == 0 ? 0 : off / Math.max(deviation, Double.MIN_NORMAL);
  }

  /** U_t less its minimum. */
  double statistic() {
    return sum - least;
  }

  /** Forgets all, to learn the mean anew. */
  void reset() {
    count = 0;
    mean = 0;
    variance = 0;
    sum = 0;
    least = 0;
  }

  void write(double[] out, int at) {
    out[at] = count;
    out[at + 1] = mean;
    out[at + 2] = variance;
    out[at + 3] = sum;
    out[at + 4] = least;
  }

  void read(double[] from, int at) {
    count = from[at];
    mean = from[at + 1];
    variance = from[at + 2];
    sum = from[at + 3];
    least = from[at + 4];
  }
}
