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

  private final Map<Key, Metric> live = new ConcurrentHashMap<>();
  private final Map<Key, Long> ended = new ConcurrentHashMap<>();

  /** A metric's own name, and the identifier that tells it from others of that name. */
  private record Key(String name, String identifier) {}

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
    live.put(new Key(name, identifier), metric);
  }

  void removed(String name, String identifier, Metric metric) {
    Key key = new Key(name, identifier);
    live.remove(key, metric);
    if (metric instanceof Counter counter) {
      ended.merge(key, counter.getCount(), Long::sum);
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
    SortedMap<String, Long> values = new TreeMap<>();
    live.forEach(
        (key, metric) -> {
          if (key.name.equals(name)) {
            values.merge(key.identifier, value(metric), Long::sum);
          }
        });
    ended.forEach(
        (key, value) -> {
          if (key.name.equals(name)) {
            values.merge(key.identifier, value, Long::sum);
          }
        });
    return values;
  }

  private static long value(Metric metric) {
    if (metric instanceof Counter counter) {
      return counter.getCount();
    }
    return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number
        ? number.longValue()
        : 0;
  }
}
