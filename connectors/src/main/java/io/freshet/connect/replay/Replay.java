// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says when each event of a replay is due. Due times lie on a schedule, not at a distance from the
 * event before, so that the pace holds on average although single waits run over. After a stall the
 * replay catches up on at most {@value #MAX_CATCH_UP_MILLIS} ms of its schedule and drops the rest:
 * no burst; {@link #live} alone catches up on all of it. A replay is used once, by one thread.
 */
public final class Replay {
  static final long MAX_CATCH_UP_MILLIS = 100;

  private static final long MAX_CATCH_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(MAX_CATCH_UP_MILLIS);

  // Further ahead than anyone waits; keeps the sums below from overflowing.
  private static final double MAX_AHEAD_NANOS = Long.MAX_VALUE / 4.0;

  private enum Pace {
    FLAT_OUT,
    LIVE,
    FIXED_RATE,
    RECORDED
  }

  private final Pace pace;
  private final double nanosPerStep;
  private final LongSupplier nanoClock;

  // The schedule: step 0 is due at the origin, step s at origin + s * nanosPerStep. A step is one
  // event at a fixed rate, and one millisecond of event time at recorded speed.
  private boolean started;
  private long origin;
  private double step;
  private long firstTimestamp;

  private Replay(Pace pace, double nanosPerStep, LongSupplier nanoClock) {
    this.pace = pace;
    this.nanosPerStep = nanosPerStep;
    this.nanoClock = nanoClock;
  }

  /** Every event is due at once. */
  public static Replay flatOut() {
    return new Replay(Pace.FLAT_OUT, 0, System::nanoTime);
  }

  /**
   * Each event when its timestamp says by the wall clock, and at once where that is past: for
   * measuring how long after it was due an event has come to something.
   */
  public static Replay live() {
    return live(System::currentTimeMillis);
  }

  static Replay live(LongSupplier milliClock) {
    return new Replay(Pace.LIVE, 0, () -> TimeUnit.MILLISECONDS.toNanos(milliClock.getAsLong()));
  }

  /**
   * Events at even distances.
   *
   * @param eventsPerSecond above 0
   */
  public static Replay atRate(double eventsPerSecond) {
    return atRate(eventsPerSecond, System::nanoTime);
  }

  static Replay atRate(double eventsPerSecond, LongSupplier nanoClock) {
    requirePositive("rate", eventsPerSecond);
    return new Replay(Pace.FIXED_RATE, TimeUnit.SECONDS.toNanos(1) / eventsPerSecond, nanoClock);
  }

  /**
   * Events as far apart as their timestamps, divided by a factor. An event older than the newest
   * one before it is due at once.
   *
   * @param factor 1 replays as recorded, 60 an hour in a minute; above 0
   */
  public static Replay atRecordedSpeed(double factor) {
    return atRecordedSpeed(factor, System::nanoTime);
  }

  static Replay atRecordedSpeed(double factor, LongSupplier nanoClock) {
    requirePositive("speed", factor);
    return new Replay(Pace.RECORDED, TimeUnit.MILLISECONDS.toNanos(1) / factor, nanoClock);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be a number above 0, not " + value);
    }
  }

  /**
   * How long to wait before the next event goes out. Called once for each event, in order.
   *
   * @param timestamp the event's time, milliseconds
   * @return nanoseconds from now; 0 or below: it is due
   */
  public long nanosUntilDue(long timestamp) {
    if (pace == Pace.FLAT_OUT) {
      return 0;
    }
    long now = nanoClock.getAsLong();
    if (pace == Pace.LIVE) {
      return TimeUnit.MILLISECONDS.toNanos(timestamp) - now;
    }
    if (!started) {
      started = true;
      origin = now;
      firstTimestamp = timestamp;
    } else if (pace == Pace.FIXED_RATE) {
      step++;
    } else {
      step = Math.max(step, (double) timestamp - firstTimestamp);
    }
    long ahead = (long) Math.min(step * nanosPerStep, MAX_AHEAD_NANOS);
    long wait = origin + ahead - now;
    if (wait < -MAX_CATCH_UP_NANOS) {
      origin += -MAX_CATCH_UP_NANOS - wait;
      wait = -MAX_CATCH_UP_NANOS;
    }
    return wait;
  }
}
