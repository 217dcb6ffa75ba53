// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/**
 * A count whose parts lose half of their weight every half-life of event time, kept as a value at a
 * time. Adding is commutative up to rounding, so late parts need no special case.
 */
public final class DecayedCount {

  /** The key of a count that is zero: below that of any count that still matters. */
  static final double NO_COUNT_BITS = -60;

  private DecayedCount() {}

  /** What a value observed at {@code time} is worth at {@code now}; grows towards the past. */
  public static double at(double value, long time, long now, long halfLife) {
    return value * Math.pow(2, (double) (time - now) / halfLife);
  }

  /** The value at {@code max(time, addedTime)} of the sum of two counts. */
  static double add(double value, long time, double added, long addedTime, long halfLife) {
    double sum =
        addedTime >= time
            ? at(value, time, addedTime, halfLife) + added
            : value + at(added, addedTime, time, halfLife);
    // What is taken back was added before, so only rounding can lead below zero.
    return Math.max(0, sum);
  }

  /**
   * {@code log2(value) + time / halfLife}: of two counts the one with the higher key is the higher
   * one at every moment, so a ranking by decayed count needs no rescan as time passes.
   */
  static double key(double value, long time, long halfLife) {
    double bits = value > 0 ? Math.log(value) * (1 / Math.log(2)) : NO_COUNT_BITS;
    return Math.max(bits, NO_COUNT_BITS) + (double) time / halfLife;
  }
}
