// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import java.util.Arrays;

/**
 * Ranks items by how often they were taken, the same list for everybody. With a half-life h, an
 * event of age t counts 2^(-t/h); without one, every event counts 1 and this is plain popularity.
 */
final class DecayedPopularity implements Baseline {
  private final double halfLifeMs;
  private final EventClock clock;
  private double[] counts = new double[1024];

  private DecayedPopularity(double halfLifeMs) {
    this.halfLifeMs = halfLifeMs;
    this.clock = new EventClock(halfLifeMs, EventClock.DOUBLE_DOUBLINGS);
  }

  /** Plain counts. */
  static DecayedPopularity undecayed() {
    return new DecayedPopularity(Double.POSITIVE_INFINITY);
  }

  static DecayedPopularity withHalfLifeHours(double hours) {
    return new DecayedPopularity(Hours.toMillis(hours));
  }

  @Override
  public String name() {
    return Double.isInfinite(halfLifeMs) ? "popularity" : "decayed-popularity";
  }

  @Override
  public String setting() {
    return Double.isInfinite(halfLifeMs) ? "" : "half-life " + Hours.label(halfLifeMs);
  }

  @Override
  public double[] scores(int user, long timeMs, int items) {
    // Decay multiplies all counts alike, so the order needs no look at the clock.
    reserve(items);
    return counts;
  }

  @Override
  public void learn(int user, int item, long timeMs, boolean repeat) {
    reserve(item + 1);
    if (clock.isFull(timeMs)) {
      double factor = clock.rebase(timeMs);
      for (int i = 0; i < counts.length; i++) {
        counts[i] *= factor;
      }
    }
    counts[item] += clock.weight(timeMs);
  }

  private void reserve(int items) {
    if (items > counts.length) {
      counts = Arrays.copyOf(counts, Math.max(items, counts.length * 2));
    }
  }
}
