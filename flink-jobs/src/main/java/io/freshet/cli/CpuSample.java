// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.broker.BrokerProcess;
import io.freshet.job.LocalMetrics;
import io.freshet.operator.MetricNames;
import io.freshet.operator.Stage;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * CPU time that job and broker have taken so far. Two samples tell what an event between them cost.
 */
final class CpuSample {
  private final CpuByThread threads = CpuByThread.now();
  private final Map<Stage, Long> stages = new EnumMap<>(Stage.class);
  private final long brokerNanos;
  private final long events;

  private CpuSample(LocalMetrics metrics, BrokerProcess broker) {
    for (Stage stage : Stage.values()) {
      stages.put(stage, metrics.sum(stage.metric()));
    }
    brokerNanos = broker.cpuNanos();
    events = metrics.sum(MetricNames.EVENTS);
  }

  static CpuSample now(LocalMetrics metrics, BrokerProcess broker) {
    return new CpuSample(metrics, broker);
  }

  /** Events that the learners took since an earlier sample. */
  long eventsSince(CpuSample earlier) {
    return events - earlier.events;
  }

  /**
   * CPU microseconds of job and broker per event since an earlier sample, by what the threads do.
   */
  Map<String, Double> byThread(CpuSample earlier) {
    long count = Math.max(1, eventsSince(earlier));
    Map<String, Double> byThread = threads.microsPerEvent(earlier.threads, count);
    byThread.put("broker process", (brokerNanos - earlier.brokerNanos) / 1e3 / count);
    return byThread;
  }

  /**
   * Prints what an event cost since an earlier sample, and puts it among the figures.
   *
   * @param suffix of the figures' names
   */
  void report(CpuSample earlier, String suffix, Console console, Map<String, Object> figures) {
    long count = Math.max(1, eventsSince(earlier));
    Map<String, Double> byThread = byThread(earlier);
    Map<String, Double> byStage = new LinkedHashMap<>();
    stages.forEach(
        (stage, nanos) ->
            byStage.put(stage.title(), (nanos - earlier.stages.get(stage)) / 1e3 / count));
    figures.put("cpu_us_by_thread" + suffix, byThread);
    figures.put("cpu_us_by_learner_stage" + suffix, byStage);
    print(console, "  CPU microseconds per event", byThread);
    print(console, "  of them in the learner", byStage);
  }

  static double total(Map<String, Double> micros) {
    return micros.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static void print(Console console, String title, Map<String, Double> micros) {
    console.println(String.format(Locale.ROOT, "%-44s %8.1f", title, total(micros)));
    micros.forEach(
        (name, value) ->
            console.println(String.format(Locale.ROOT, "    %-40s %8.1f", name, value)));
  }
}
