// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.schema.QualityWindow;
import io.freshet.schema.TestOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Warm Recall@20 of Freshet and its baselines along a demo. */
final class DemoQuality {
  /** A stretch of the demo that is summed up. */
  enum Phase {
    START("first"),
    BEFORE_DRIFT("before the swap"),
    AFTER_DRIFT("right after"),
    END("last");

    private final String title;

    Phase(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  // Fewer warm tests than this say nothing; the very first events are all cold.
  private static final long MIN_TESTS = 200;
  private static final List<String> MODELS = List.of(TestOutcome.FRESHET, TestOutcome.POPULARITY);

  private final LongSupplier driftTime;
  private final TreeMap<Long, Map<String, QualityWindow>> windows = new TreeMap<>();
  private String lastLine;

  /**
   * @param driftTime event time of a planted drift; {@link Long#MAX_VALUE} for none
   */
  DemoQuality(LongSupplier driftTime) {
    this.driftTime = driftTime;
  }

  /** Adds a window; returns a line about it when every recommender's is there, else null. */
  String add(QualityWindow window) {
    Map<String, QualityWindow> models =
        windows.computeIfAbsent(window.window(), number -> new LinkedHashMap<>());
    models.put(window.model(), window);
    if (models.size() < MODELS.size()) {
      return null;
    }
    List<String> recalls = new ArrayList<>();
    for (String model : MODELS) {
      recalls.add(model + " " + Text.share(recall(models.get(model))));
    }
    lastLine = "Recall@20: " + String.join(", ", recalls);
    return "window " + window.window() + "  " + lastLine;
  }

  /** The latest such line, without its number; null before the first. */
  String lastLine() {
    return lastLine;
  }

  /** The recommenders, Freshet first. */
  List<String> models() {
    return MODELS;
  }

  /** Warm Recall@20 of a model in a phase; NaN when there is none. */
  double recall(String model, Phase phase) {
    Map<String, QualityWindow> window = window(phase);
    return window == null || !window.containsKey(model) ? Double.NaN : recall(window.get(model));
  }

  /** Warm Recall@20 of a model over everything. */
  double recall(String model) {
    long hits = 0;
    long tests = 0;
    for (Map<String, QualityWindow> models : windows.values()) {
      QualityWindow window = models.get(model);
      if (window != null) {
        hits += window.warm().hits20();
        tests += window.warm().tests();
      }
    }
    return (double) hits / tests;
  }

  boolean sawDrift() {
    return window(Phase.AFTER_DRIFT) != null;
  }

  boolean isEmpty() {
    return windows.isEmpty();
  }

  private Map<String, QualityWindow> window(Phase phase) {
    if (windows.isEmpty()) {
      return null;
    }
    if (phase == Phase.END) {
      return windows.lastEntry().getValue();
    }
    Map<String, QualityWindow> before = null;
    for (Map<String, QualityWindow> models : windows.values()) {
      QualityWindow window = models.values().iterator().next();
      if (phase == Phase.START && window.warm().tests() >= MIN_TESTS) {
        return models;
      }
      if (window.fromTime() >= driftTime.getAsLong()) {
        return phase == Phase.AFTER_DRIFT ? models : before;
      }
      if (window.toTime() < driftTime.getAsLong()) {
        before = models;
      }
    }
    return null;
  }

  private static double recall(QualityWindow window) {
    return window == null ? Double.NaN : (double) window.warm().hits20() / window.warm().tests();
  }
}
