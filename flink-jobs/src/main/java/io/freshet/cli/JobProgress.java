// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.ConnectorMetrics;
import io.freshet.job.LocalMetrics;
import io.freshet.operator.MetricNames;
import java.time.Duration;

/** What a running job has done, in one line; rates are over the time since the line before. */
final class JobProgress {
  private final LocalMetrics metrics;
  private final long past;
  private final long start = System.nanoTime();
  private long lastTime = start;
  private long lastEvents;
  private long lastHistory;
  private double eventsPerSecond;
  private long seenEvents;
  private long quietSince = start;

  JobProgress(LocalMetrics metrics) {
    this(metrics, 0);
  }

  /**
   * @param past records of the history that comes first; 0 where there is none or nobody knows
   */
  JobProgress(LocalMetrics metrics, long past) {
    this.metrics = metrics;
    this.past = past;
  }

  String line() {
    long now = System.nanoTime();
    long events = metrics.sum(MetricNames.EVENTS);
    if (events != seenEvents) {
      seenEvents = events;
      quietSince = now;
    }
    double seconds = (now - lastTime) / 1e9;
    if (seconds >= 0.5) {
      eventsPerSecond = Math.max(0, events - lastEvents) / seconds;
      lastEvents = events;
      lastTime = now;
    }
    long deadLetters = metrics.sum(MetricNames.DEAD_LETTERS);
    return Text.duration(elapsed())
        + "  "
        + Text.count(events)
        + " events, "
        + Text.count(Math.round(eventsPerSecond))
        + " a second, "
        + Text.count(metrics.sum(MetricNames.LISTS))
        + " lists"
        + (deadLetters == 0 ? "" : ", " + Text.count(deadLetters) + " dead letters")
        + history();
  }

  private String history() {
    long read = metrics.sum(ConnectorMetrics.HISTORY_RECORDS);
    boolean rises = read > lastHistory;
    lastHistory = read;
    if (read < past) {
      return ", history " + 100 * read / past + " % of " + Text.count(past) + " records";
    }
    return rises ? ", history " + Text.count(read) + " records" : "";
  }

  /** For how long no event came, as far as {@link #line} was asked. */
  long quietNanos() {
    return System.nanoTime() - quietSince;
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
