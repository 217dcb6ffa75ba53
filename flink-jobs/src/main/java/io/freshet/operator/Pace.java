// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.OnlineModel;

/**
 * How much a learner does beyond what every event needs, by how busy its thread has been of late. A
 * thread that always has something to do falls behind sooner or later, and its lists with it; so
 * optional work shrinks before there is no time left, and a learner at rest does more of it.
 *
 * <p>With b the share of the wall clock in which the thread was not waiting for input, averaged
 * over about two seconds: up to b = 1/4 a learner replays {@code model.replay.idle} times as much;
 * at 1/2 everything as configured; from 9/10 on {@code model.replay.behind} times as much, a tenth
 * of the lessons, and lists for which 8 of a user's latest items are asked instead of 20; linear in
 * between. Time lost to other processes counts as busy, since events pile up in it all the same.
 */
final class Pace {
  private static final double AT_REST = 0.25;
  private static final double COMFORTABLE = 0.5;
  private static final double FULL = 0.9;
  private static final double LESSONS_WHEN_FULL = 0.1;
  private static final int ASKED_WHEN_FULL = 8;

  private static final long LEAST_SPAN_MILLIS = 100;
  private static final double MEMORY_MILLIS = 2000;

  private final boolean fixed;
  private final float replayBehind;
  private final float replayIdle;

  private long spanStart = Long.MIN_VALUE;
  private long idleAtStart;
  // Another thread reads it, for a metric.
  private volatile double busy = COMFORTABLE;

  Pace(LearnerSettings settings) {
    // Mini-steps that are made by timestamp come out of a replay, which should learn the same on
    // every machine.
    fixed = settings.groupByTime();
    replayBehind = settings.model().replayBehind();
    replayIdle = settings.model().replayIdle();
  }

  /**
   * Takes note of the time.
   *
   * @param nowMillis a clock
   * @param idleMillis how long the thread has waited for input since some moment that stays
   */
  void at(long nowMillis, long idleMillis) {
    long span = nowMillis - spanStart;
    if (spanStart != Long.MIN_VALUE && span < LEAST_SPAN_MILLIS && span >= 0) {
      return;
    }
    if (spanStart != Long.MIN_VALUE && span > 0) {
      double waited = Math.min(1, Math.max(0, (double) (idleMillis - idleAtStart) / span));
      busy += (1 - Math.exp(-span / MEMORY_MILLIS)) * (1 - waited - busy);
    }
    spanStart = nowMillis;
    idleAtStart = idleMillis;
  }

  /** Share of the time of late in which the thread was not waiting for input, 0 to 1. */
  double busy() {
    return busy;
  }

  /** How many times {@code model.replays} and {@code model.fold-in.steps}. */
  float replay() {
    if (fixed) {
      return 1;
    }
    return (float)
        (busy < COMFORTABLE
            ? between(AT_REST, replayIdle, COMFORTABLE, 1)
            : between(COMFORTABLE, 1, FULL, replayBehind));
  }

  /** Share of the ranker's lessons to take. */
  double lessons() {
    return fixed ? 1 : between(COMFORTABLE, 1, FULL, LESSONS_WHEN_FULL);
  }

  /** How many of a user's latest items are asked what goes with them. */
  int asked() {
    return fixed
        ? OnlineModel.ASKED
        : (int) Math.round(between(COMFORTABLE, OnlineModel.ASKED, FULL, ASKED_WHEN_FULL));
  }

  private double between(double low, double valueAtLow, double high, double valueAtHigh) {
    double along = Math.min(1, Math.max(0, (busy - low) / (high - low)));
    return valueAtLow + along * (valueAtHigh - valueAtLow);
  }
}
