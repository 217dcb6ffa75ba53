// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.schema.QualityWindow;
import java.util.List;

/**
 * How warm Recall@20 went through a drift, as a share of what a list of the planted tastes reaches
 * over the same events: that falls as users come to have taken what is popular, drift or none. A
 * span of events is one that ended by then and that lies wholly on one side of the drift.
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
   * @param truth windows of the planted tastes, in order
   */
  static Recovery of(
      List<QualityWindow> windows,
      List<QualityWindow> truth,
      EventNumbers numbers,
      DriftPlan plan) {
    long driftAt = plan.driftAt();
    long span = plan.span();
    RecallSpans recall = new RecallSpans(windows, numbers);
    RecallSpans reachable = new RecallSpans(truth, numbers);
    long last = recall.end();
    double before = share(recall, reachable, driftAt - 2 * span, driftAt);
    double end = share(recall, reachable, Math.max(driftAt, last - 2 * span), last);
    double lowest = Double.NaN;
    Long back = null;
    boolean first = true;
    for (QualityWindow window : windows) {
      long passed = numbers.at(window.toTime()) + 1;
      if (passed < driftAt + span) {
        continue;
      }
      double share = share(recall, reachable, Math.max(driftAt, passed - span), passed);
      lowest = Double.isNaN(lowest) ? share : Math.min(lowest, share);
      if (back == null && share >= (1 - plan.recoveredWithin()) * before) {
        back = first ? 0 : passed - driftAt;
      }
      first = false;
    }
    return new Recovery(before, lowest, end, back);
  }

  private static double share(RecallSpans recall, RecallSpans reachable, long from, long to) {
    return recall.of(from, to) / reachable.of(from, to);
  }
}
