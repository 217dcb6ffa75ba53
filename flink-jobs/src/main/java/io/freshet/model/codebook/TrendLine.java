// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

/**
 * A straight line through the latest observations by least squares, in which one that is n
 * observations old counts (1 - 1 / memory)^n. It says where the next one would lie if nothing
 * changed.
 */
final class TrendLine {
  /** Values of {@link #write}. */
  static final int STATE = 5;

  private final double keep;

  // Weighted sums over the observations, by age: that of the latest is 0.
  private double weight;
  private double age;
  private double squaredAge;
  private double value;
  private double ageTimesValue;

  /**
   * Nothing observed yet.
   *
   * @param memory about how many of the latest observations count, above 1
   */
  TrendLine(double memory) {
    this.keep = 1 - 1 / memory;
  }

  void add(double x) {
    squaredAge = keep * (squaredAge + 2 * age + weight);
    ageTimesValue = keep * (ageTimesValue + value);
    age = keep * (age + weight);
    weight = keep * weight + 1;
    value = keep * value + x;
  }

  /** Where the next observation would lie; the mean while there are fewer than two. */
  double next() {
    double mean = mean();
    double spread = weight * squaredAge - age * age;
    if (spread <= 1e-9 * weight * weight) {
      return mean;
    }
    double slope = (weight * ageTimesValue - age * value) / spread;
    return mean + slope * (-1 - age / weight);
  }

  /** Weighted mean; 0 while there is nothing. */
  double mean() {
    return weight == 0 ? 0 : value / weight;
  }

  void reset() {
    weight = 0;
    age = 0;
    squaredAge = 0;
    value = 0;
    ageTimesValue = 0;
  }

  void write(double[] out, int at) {
    out[at] = weight;
    out[at + 1] = age;
    out[at + 2] = squaredAge;
    out[at + 3] = value;
    out[at + 4] = ageTimesValue;
  }

  void read(double[] from, int at) {
    weight = from[at];
    age = from[at + 1];
    squaredAge = from[at + 2];
    value = from[at + 3];
    ageTimesValue = from[at + 4];
  }
}
