// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.job.JobConfig;
import io.freshet.job.LocalMetrics;
import io.freshet.operator.MetricNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a demo.
 *
 * @param config what it ran with
 * @param sent events that the broker has stored
 * @param metrics the job's counters
 * @param elapsed how long it ran
 * @param quality its windows
 */
record DemoResult(
    JobConfig config, long sent, LocalMetrics metrics, Duration elapsed, DemoQuality quality) {

  void print(Console console) {
    console.println("");
    console.println(
        Text.count(metrics.sum(MetricNames.EVENTS))
            + " events learned in "
            + Text.duration(elapsed)
            + ", "
            + Text.count(metrics.sum(MetricNames.LISTS))
            + " lists published, "
            + Text.count(metrics.sum(MetricNames.DEAD_LETTERS))
            + " dead letters.");
    if (!quality.isEmpty()) {
      console.println("");
      printQuality(console);
    }
    JobConfig.Topics topics = config.topics();
    console.println("");
    console.println("Topics: " + topics.interactions() + " in; " + topics.recommendations());
    console.println("        and " + topics.quality() + " out; " + topics.model() + " between.");
    console.println(
        "The broker of the demo is gone with them. With your own Kafka: freshet run --help");
  }

  private void printQuality(Console console) {
    List<DemoQuality.Phase> phases = phases();
    StringBuilder head = new StringBuilder(cell("warm Recall@20", true));
    for (DemoQuality.Phase phase : phases) {
      head.append(cell(phase.title(), false));
    }
    console.println(head.append(cell("overall", false)).toString());
    for (String model : quality.models()) {
      StringBuilder line = new StringBuilder(cell(model, true));
      for (DemoQuality.Phase phase : phases) {
        line.append(cell(Text.share(quality.recall(model, phase)), false));
      }
      console.println(line.append(cell(Text.share(quality.recall(model)), false)).toString());
    }
  }

  private List<DemoQuality.Phase> phases() {
    List<DemoQuality.Phase> phases = new ArrayList<>(List.of(DemoQuality.Phase.values()));
    if (!quality.sawDrift()) {
      phases.remove(DemoQuality.Phase.BEFORE_DRIFT);
      phases.remove(DemoQuality.Phase.AFTER_DRIFT);
    }
    return phases;
  }

  private static String cell(String text, boolean first) {
    return String.format(Locale.ROOT, first ? "%-20s" : "%17s", text);
  }

  Map<String, Object> figures() {
    Map<String, Object> recalls = new LinkedHashMap<>();
    for (String model : quality.models()) {
      Map<String, Object> recall = new LinkedHashMap<>();
      for (DemoQuality.Phase phase : phases()) {
        recall.put(phase.name().toLowerCase(Locale.ROOT), finite(quality.recall(model, phase)));
      }
      recall.put("overall", finite(quality.recall(model)));
      recalls.put(model, recall);
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("seconds", elapsed.toNanos() / 1e9);
    figures.put("sent", sent);
    figures.put("events", metrics.sum(MetricNames.EVENTS));
    figures.put("lists", metrics.sum(MetricNames.LISTS));
    figures.put("dead_letters", metrics.sum(MetricNames.DEAD_LETTERS));
    figures.put("warm_recall@20", recalls);
    return figures;
  }

  // JSON has no NaN.
  private static Double finite(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
