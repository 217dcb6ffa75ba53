// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

/**
 * Exponential forgetting without touching old sums: instead of halving every stored weight each
 * half-life, a new event enters with weight 2^((t - t0) / h), which doubles each half-life. Ratios
 * between sums are those of decayed sums (forward decay, Cormode et al., ICDE 2009). Before the
 * weights overflow, the owner multiplies its sums by {@link #rebase} and t0 moves to the present.
 */
final class EventClock {
  /** Doublings that leave room for sums in a double. */
  static final int DOUBLE_DOUBLINGS = 500;

  /** Doublings that leave room for sums in a float. */
  static final int FLOAT_DOUBLINGS = 60;

  private final double halfLifeMs;
  private final int maxDoublings;
  private boolean started;
  private long originMs;

  EventClock(double halfLifeMs, int maxDoublings) {
    this.halfLifeMs = halfLifeMs;
    this.maxDoublings = maxDoublings;
  }

  /** The weight of an event now; 1 for ever with an infinite half-life. */
  double weight(long timeMs) {
    start(timeMs);
    return Math.pow(2, (timeMs - originMs) / halfLifeMs);
  }

  /** Whether sums must be rebased before another event is added. */
  boolean isFull(long timeMs) {
    start(timeMs);
    return (timeMs - originMs) / halfLifeMs > maxDoublings;
  }

  /** Moves the origin to now and returns the factor that all stored sums take. */
  double rebase(long timeMs) {
    double factor = 1 / weight(timeMs);
    originMs = timeMs;
    return factor;
  }

  private void start(long timeMs) {
    if (!started) {
      started = true;
      originMs = timeMs;
    }
  }
}
