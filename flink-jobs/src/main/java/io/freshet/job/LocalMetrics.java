// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;

/**
 * The counters and numeric gauges of a cluster in this JVM, by metric identifier. A counter whose
 * task has ended keeps its last value.
 */
public final class LocalMetrics {
  private static final Map<String, LocalMetrics> BY_CLUSTER = new ConcurrentHashMap<>();

  // By name, then by the identifier that tells metrics of one name apart.
  private final Map<String, Map<String, Metric>> live = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Long>> ended = new ConcurrentHashMap<>();

  LocalMetrics() {}

  /** The metrics of one cluster; a reporter of that cluster fills them. */
  static LocalMetrics of(String cluster) {
    return BY_CLUSTER.computeIfAbsent(cluster, name -> new LocalMetrics());
  }

  /** Drops a cluster's metrics from the register; who holds them can still read them. */
  static void forget(String cluster) {
    BY_CLUSTER.remove(cluster);
  }

  void added(String name, String identifier, Metric metric) {
    live.computeIfAbsent(name, key -> new ConcurrentHashMap<>()).put(identifier, metric);
  }

  void removed(String name, String identifier, Metric metric) {
    live.getOrDefault(name, Map.of()).remove(identifier, metric);
    if (metric instanceof Counter counter) {
      ended
          .computeIfAbsent(name, key -> new ConcurrentHashMap<>())
          .merge(identifier, counter.getCount(), Long::sum);
    }
  }

  /**
   * The sum of a metric over all tasks.
   *
   * @param name the metric's own name, as in {@code io.freshet.operator.MetricNames}
   * @return 0 when no task has it
   */
  public long sum(String name) {
    long sum = 0;
    for (Map.Entry<String, Long> entry : values(name).entrySet()) {
      sum += entry.getValue();
    }
    return sum;
  }

  /**
   * The values of every metric with that name, by full identifier (host, task manager, job,
   * operator, subtask, name), in order.
   */
  public SortedMap<String, Long> values(String name) {
    SortedMap<String, Long> values = new TreeMap<>(ended.getOrDefault(name, Map.of()));
    live.getOrDefault(name, Map.of())
        .forEach(
            (identifier, metric) -> values.merge(identifier, value(metric).longValue(), Long::sum));
    return values;
  }

  /** The largest value of a metric in any running task, fractions included; 0 where none has it. */
  public double max(String name) {
    return live.getOrDefault(name, Map.of()).values().stream()
        .mapToDouble(metric -> value(metric).doubleValue())
        .max()
        .orElse(0);
  }

  private static Number value(Metric metric) {
    if (metric instanceof Counter counter) {
      return counter.getCount();
    }
    return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number
        ? number
        : 0;
  }
}
