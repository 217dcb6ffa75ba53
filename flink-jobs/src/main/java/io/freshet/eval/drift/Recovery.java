// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.schema.QualityWindow;
import java.util.List;

/**
 * How warm Recall@20 went through a drift. A span of events is one that ended by then and that lies
 * wholly on one side of the drift.
 *
 * @param before over the two spans before the drift
 * @param lowest of all spans after it
 * @param end over the last two spans
 * @param events after the drift, at which the first span ended that was back, lower than before by
 *     {@link DriftPlan#recoveredWithin} at most; 0 where the first was; null where none was, or
 *     there was no drift
 */
public record Recovery(
    double before, double lowest, double end, @JsonProperty("events_to_recovery") Long events) {
  /**
   * Reckons.
   *
   * @param windows in order
   */
  static Recovery of(List<QualityWindow> windows, EventNumbers numbers, DriftPlan plan) {
    long driftAt = plan.driftAt();
    long span = plan.span();
    long last = windows.isEmpty() ? 0 : numbers.at(windows.get(windows.size() - 1).toTime());
    double before = recall(windows, numbers, driftAt - 2 * span, driftAt);
    double end = recall(windows, numbers, Math.max(driftAt, last - 2 * span), last + 1);
    double lowest = Double.NaN;
    Long back = null;
    boolean first = true;
    for (QualityWindow window : windows) {
      long passed = numbers.at(window.toTime()) + 1;
      if (passed < driftAt + span) {
        continue;
      }
      double recall = recall(windows, numbers, Math.max(driftAt, passed - span), passed);
      lowest = Double.isNaN(lowest) ? recall : Math.min(lowest, recall);
      if (back == null && recall >= (1 - plan.recoveredWithin()) * before) {
        back = first ? 0 : passed - driftAt;
      }
      first = false;
    }
    return new Recovery(before, lowest, end, back);
  }

  /** Over the windows between two events; NaN where there are none. */
  static double recall(List<QualityWindow> windows, EventNumbers numbers, long from, long to) {
    long hits = 0;
    long tests = 0;
    for (QualityWindow window : windows) {
      if (numbers.at(window.fromTime()) >= from && numbers.at(window.toTime()) < to) {
        hits += window.warm().hits20();
        tests += window.warm().tests();
      }
    }
    return tests == 0 ? Double.NaN : (double) hits / tests;
  }
}
