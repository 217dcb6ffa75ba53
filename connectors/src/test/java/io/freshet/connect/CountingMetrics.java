// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;

/** What a source opens a decoder with; remembers the counters. */
final class CountingMetrics extends UnregisteredMetricsGroup
    implements DeserializationSchema.InitializationContext {
  private final Map<String, Counter> counters = new HashMap<>();

  @Override
  public Counter counter(String name) {
    return counters.computeIfAbsent(name, key -> new SimpleCounter());
  }

  long count(String name) {
    return counters.get(name).getCount();
  }

  @Override
  public MetricGroup getMetricGroup() {
    return this;
  }

  @Override
  public UserCodeClassLoader getUserCodeClassLoader() {
    return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
  }
}
