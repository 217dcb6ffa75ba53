// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

/**
 * How long a change takes from a learner to the item's owner and back in the owner's row. So long,
 * at most, a learner's rows are behind what other learners have changed.
 */
final class RowLag {
  /** Mini-steps remembered: older ones that come back are no longer told apart. */
  private static final int STEPS = 1 << 14;

  private static final long WINDOW_MILLIS = 10_000;

  private final long[] sequences = new long[STEPS];
  private final long[] times = new long[STEPS];
  private volatile long windowStart;
  private volatile long inWindow;
  private volatile long inWindowBefore;

  /** Notes that a mini-step's changes were sent. */
  void sent(long sequence, long now) {
    int at = (int) (sequence % STEPS);
    sequences[at] = sequence;
    times[at] = now;
  }

  /** Notes that a row has come that confirms a change of this mini-step. */
  void returned(long sequence, long now) {
    int at = (int) Math.floorMod(sequence, (long) STEPS);
    if (sequences[at] == sequence) {
      slide(now);
      inWindow = Math.max(inWindow, now - times[at]);
    }
  }

  /**
   * The longest of the last ten to twenty seconds, in ms; 0 where no change has come back then.
   * Another thread may ask.
   */
  long millis(long now) {
    long windows = (now - windowStart) / WINDOW_MILLIS;
    return windows == 0 ? Math.max(inWindow, inWindowBefore) : windows == 1 ? inWindow : 0;
  }

  private void slide(long now) {
    long windows = (now - windowStart) / WINDOW_MILLIS;
    if (windows >= 1) {
      inWindowBefore = windows == 1 ? inWindow : 0;
      inWindow = 0;
      windowStart += windows * WINDOW_MILLIS;
    }
  }
}
