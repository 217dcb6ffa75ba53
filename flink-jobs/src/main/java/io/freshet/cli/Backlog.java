// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.TopicReader;
import io.freshet.job.JobConfig;
import io.freshet.job.LocalMetrics;
import io.freshet.operator.MetricNames;

/**
 * How many interactions a local job has yet to take. Counted and not asked of the consumer group:
 * its offsets move with checkpoints only.
 */
final class Backlog implements AutoCloseable {
  private static final long ASK_EVERY_NANOS = 500_000_000;

  private final TopicReader interactions;
  private final LocalMetrics metrics;
  private long askedAt = System.nanoTime() - ASK_EVERY_NANOS;
  private long written;

  Backlog(JobConfig config, LocalMetrics metrics) throws CommandException {
    this.metrics = metrics;
    interactions = Reading.fromNow(config, config.topics().interactions());
  }

  long events() {
    long now = System.nanoTime();
    if (now - askedAt >= ASK_EVERY_NANOS) {
      askedAt = now;
      written = interactions.written();
    }
    return Math.max(0, written - taken(metrics));
  }

  /** How many of all the records that were ever written a local job has taken. */
  static long taken(LocalMetrics metrics) {
    return metrics.sum(MetricNames.EVENTS)
        + metrics.sum(MetricNames.EVENTS_DUPLICATE)
        + metrics.sum(MetricNames.DEAD_LETTERS);
  }

  @Override
  public void close() {
    interactions.close();
  }
}
