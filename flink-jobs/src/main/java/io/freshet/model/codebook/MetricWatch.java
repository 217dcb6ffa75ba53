// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

/**
 * One metric under a {@link PageHinkley} test. An alarm stands until the metric is back where it
 * was, or has kept to where it is now for so long that this is how it is.
 */
final class MetricWatch {

  /** Deviations from the mean before the change within which the metric is back. */
  private static final double BACK = 2;

  /** Observations in a row that it must be back for. */
  private static final int BACK_FOR = 3;

  /** Observations without a further change after which the metric is at rest. */
  private static final int AT_REST = PageHinkley.WARM_UP + 30;

  /** Values of {@link #write}. */
  static final int STATE = 2 * PageHinkley.STATE + 5;

  private final String metric;
  private final int level;
  private final PageHinkley test;

  // As it stood when the alarm was raised.
  private final PageHinkley before;
  private boolean standing;
  private double value;
  private long since;
  private int backFor;
  private int restedFor;

  /**
   * Watches.
   *
   * @param rises whether it is a rise that is bad; otherwise a fall
   * @param leastDeviation see {@link PageHinkley#PageHinkley}
   */
  MetricWatch(String metric, int level, boolean rises, double leastDeviation) {
    this.metric = metric;
    this.level = level;
    this.test = new PageHinkley(rises, leastDeviation);
    this.before = new PageHinkley(rises, leastDeviation);
  }

  void add(double x, long eventTime) {
    if (test.add(x)) {
      raise(eventTime);
    } else if (standing) {
      backFor = before.excess(x) <= BACK ? backFor + 1 : 0;
      restedFor++;
      standing = backFor < BACK_FOR && restedFor < AT_REST;
    }
  }

  private void raise(long eventTime) {
    if (standing) {
      value = Math.max(value, test.statistic());
    } else {
      standing = true;
      since = eventTime;
      value = test.statistic();
      double[] state = new double[PageHinkley.STATE];
      test.write(state, 0);
      before.read(state, 0);
    }
    backFor = 0;
    restedFor = 0;
    test.reset();
  }

  /** The alarm that stands, or null. */
  DriftAlarm alarm() {
    return standing
        ? new DriftAlarm(metric, level, "page-hinkley", value, PageHinkley.LAMBDA, since)
        : null;
  }

  void write(double[] out, int at) {
    test.write(out, at);
    before.write(out, at + PageHinkley.STATE);
    int next = at + 2 * PageHinkley.STATE;
    out[next] = standing ? 1 : 0;
    out[next + 1] = value;
    out[next + 2] = since;
    out[next + 3] = backFor;
    out[next + 4] = restedFor;
  }

  void read(double[] from, int at) {
    test.read(from, at);
    before.read(from, at + PageHinkley.STATE);
    int next = at + 2 * PageHinkley.STATE;
    standing = from[next] == 1;
    value = from[next + 1];
    since = (long) from[next + 2];
    backFor = (int) from[next + 3];
    restedFor = (int) from[next + 4];
  }
}
