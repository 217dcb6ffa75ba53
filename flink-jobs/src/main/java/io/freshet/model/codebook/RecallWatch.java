// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

/**
 * The share of hits under {@link Adwin}. ADWIN finds a slide step by step, each of them small, so
 * what is looked at is what was lost since the first of them. An alarm stands until the share is
 * back, or has kept to where it is now for so many windows that this is how it is; but not before
 * somebody was told.
 */
final class RecallWatch {

  /** As in the paper's experiments. */
  private static final double DELTA = 0.002;

  /** What must have been lost of the share for an alarm: less is how streams are. */
  private static final double LOST = 0.1;

  /** What of the loss must have been made good for the share to be back. */
  private static final double MADE_GOOD = 0.5;

  /** Windows without a further loss after which the share is at rest. */
  private static final int AT_REST = 20;

  /** Values of {@link #write}. */
  static final int STATE = Adwin.STATE + 11;

  private final Adwin window = new Adwin(DELTA);
  private boolean standing;
  private double value;
  private double threshold;
  private double before;
  private double after;
  private long since;
  private int restedFor;
  private boolean told;

  // Where the share was before it slid to where it is; NaN while it has not.
  private double slidFrom = Double.NaN;
  private int slidFor;

  // Hits less those that evenly spread ones would have been: they enter as evenly as they can.
  private double owed;

  void add(double hits, long tests, long eventTime) {
    boolean fell = false;
    double share = tests == 0 ? 0 : hits / tests;
    for (long t = 0; t < tests; t++) {
      owed += share;
      boolean hit = owed >= 0.5;
      owed -= hit ? 1 : 0;
      if (window.add(hit ? 1 : 0)) {
        fell |= fell();
      }
    }
    slidFor++;
    if (slidFor >= AT_REST) {
      slidFrom = Double.NaN;
    }
    if (fell) {
      raise(eventTime);
    } else if (standing && tests > 0) {
      restedFor++;
      boolean low = share < after + MADE_GOOD * (before - after) && restedFor < AT_REST;
      standing = low || !told;
      if (!standing) {
        slidFrom = Double.NaN; // it is told; what is lost from here on is another loss
      }
    }
  }

  /** Takes note of a change, and says whether all that was lost is enough for an alarm. */
  private boolean fell() {
    if (window.meanAfter() >= window.meanBefore()) {
      slidFrom = Double.NaN;
      return false;
    }
    slidFrom = slidFrom >= window.meanBefore() ? slidFrom : window.meanBefore();
    slidFor = 0;
    return window.meanAfter() < (1 - LOST) * slidFrom;
  }

  private void raise(long eventTime) {
    if (!standing) {
      since = eventTime;
      before = slidFrom;
      told = false;
    }
    standing = true;
    after = window.meanAfter();
    value = slidFrom - after;
    threshold = window.threshold();
    restedFor = 0;
  }

  /** The alarm that stands, or null. */
  DriftAlarm alarm() {
    return standing
        ? new DriftAlarm(DriftAlarms.RECALL, 0, "adwin", value, threshold, since)
        : null;
  }

  /** Somebody is told of the alarm that stands. */
  void tell() {
    told = true;
  }

  void write(double[] out, int at) {
    window.write(out, at);
    int next = at + Adwin.STATE;
    out[next] = standing ? 1 : 0;
    out[next + 1] = value;
    out[next + 2] = threshold;
    out[next + 3] = before;
    out[next + 4] = after;
    out[next + 5] = since;
    out[next + 6] = restedFor;
    out[next + 7] = owed;
    out[next + 8] = told ? 1 : 0;
    out[next + 9] = slidFrom;
    out[next + 10] = slidFor;
  }

  void read(double[] from, int at) {
    window.read(from, at);
    int next = at + Adwin.STATE;
    standing = from[next] == 1;
    value = from[next + 1];
    threshold = from[next + 2];
    before = from[next + 3];
    after = from[next + 4];
    since = (long) from[next + 5];
    restedFor = (int) from[next + 6];
    owed = from[next + 7];
    told = from[next + 8] == 1;
    slidFrom = from[next + 9];
    slidFor = (int) from[next + 10];
  }
}
