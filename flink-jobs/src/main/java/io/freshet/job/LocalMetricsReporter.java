// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import java.util.Properties;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Keeps {@link LocalMetrics} up to date; Flink loads its factory by class name. */
public final class LocalMetricsReporter implements MetricReporter {
  /** The reporter's option that names the cluster. */
  static final String CLUSTER = "cluster";

  private final LocalMetrics metrics;

  private LocalMetricsReporter(LocalMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void open(MetricConfig config) {
    // The factory has read all there is.
  }

  @Override
  public void close() {
    // What was counted stays readable.
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    metrics.added(name, group.getMetricIdentifier(name), metric);
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    metrics.removed(name, group.getMetricIdentifier(name), metric);
  }

  /** Makes reporters; named in {@code META-INF/services}. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new LocalMetricsReporter(LocalMetrics.of(properties.getProperty(CLUSTER)));
    }
  }
}
