// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.drift;

import io.freshet.schema.QualityWindow;
import java.util.ArrayList;
import java.util.List;

/** Warm Recall@20 over spans of events, made of the quality windows that lie in them. */
final class RecallSpans {
  private final List<QualityWindow> windows;
  private final EventNumbers numbers;

  /**
   * @param windows in order
   */
  RecallSpans(List<QualityWindow> windows, EventNumbers numbers) {
    this.windows = windows;
    this.numbers = numbers;
  }

  /** The number of the event after the last that was tested. */
  long end() {
    return windows.isEmpty() ? 0 : numbers.at(windows.get(windows.size() - 1).toTime()) + 1;
  }

  /** Over the windows between two events; NaN where there are none. */
  double of(long from, long to) {
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

  /** Span by span, from the first event. */
  List<Double> all(long span, long events) {
    List<Double> all = new ArrayList<>();
    for (long from = 0; from + span <= events; from += span) {
      all.add(of(from, from + span));
    }
    return all;
  }
}
