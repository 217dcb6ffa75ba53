// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import org.HdrHistogram.Histogram;

/**
 * Latencies of the last minute, in milliseconds, to two digits. A latency belongs to the time at
 * which its list was made, whenever it becomes known.
 */
final class SlidingLatency {
  /** What the figures are over. */
  static final int WINDOW_SECONDS = 60;

  private static final long SLOT_MILLIS = 5_000;
  private static final int SLOTS = (int) (WINDOW_SECONDS * 1000 / SLOT_MILLIS);
  private static final long LONGEST_MILLIS = 3_600_000;
  private static final int DIGITS = 2;

  private final Histogram[] slots = new Histogram[SLOTS];
  private final long[] slotNumbers = new long[SLOTS];
  private final Histogram sum = new Histogram(LONGEST_MILLIS, DIGITS);

  SlidingLatency() {
    for (int slot = 0; slot < SLOTS; slot++) {
      slots[slot] = new Histogram(LONGEST_MILLIS, DIGITS);
      slotNumbers[slot] = -1;
    }
  }

  /**
   * Figures of a minute.
   *
   * @param lists lists whose event was seen to arrive
   * @param p50 median, milliseconds; NaN where there is no list
   * @param p99 99th percentile, likewise
   */
  record Figures(long lists, double p50, double p99) {}

  /** Adds the latency of a list that was made at a time of the clock. */
  void add(long madeAt, long millis) {
    long number = madeAt / SLOT_MILLIS;
    int slot = (int) Math.floorMod(number, (long) SLOTS);
    if (number < slotNumbers[slot]) {
      return; // more than a minute older than another
    }
    if (number > slotNumbers[slot]) {
      slots[slot].reset();
      slotNumbers[slot] = number;
    }
    slots[slot].recordValue(Math.min(LONGEST_MILLIS, Math.max(0, millis)));
  }

  /** The minute that ends now. */
  Figures figures(long now) {
    long last = now / SLOT_MILLIS;
    sum.reset();
    for (int slot = 0; slot < SLOTS; slot++) {
      if (slotNumbers[slot] > last - SLOTS && slotNumbers[slot] <= last) {
        sum.add(slots[slot]);
      }
    }
    long lists = sum.getTotalCount();
    return lists == 0
        ? new Figures(0, Double.NaN, Double.NaN)
        : new Figures(lists, sum.getValueAtPercentile(50), sum.getValueAtPercentile(99));
  }
}
