// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import org.apache.flink.metrics.MetricGroup;

/** Shows a cache's size and how well it works. */
final class CacheMetrics {
  private CacheMetrics() {}

  static void register(MetricGroup metrics, WriteBackCache<?> cache) {
    metrics.gauge(MetricNames.CACHE_SIZE, cache::size);
    metrics.gauge(MetricNames.CACHE_HITS, cache::hits);
    metrics.gauge(MetricNames.CACHE_MISSES, cache::misses);
    metrics.gauge(MetricNames.CACHE_EVICTIONS, cache::evictions);
  }
}
