// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import io.freshet.connect.ConnectorMetrics;
import io.freshet.operator.MetricNames;
import java.util.Map;

/**
 * How many events a job has let in beyond those whose changes of items have come back to the
 * learners: what the learners do not know of one another. For a job in this JVM, from what it
 * counts anyway.
 */
final class EventLead {
  private final LocalMetrics metrics;
  private final long lost;

  /** Made before a run of the job lets anything in: what is on its way then died with the last. */
  EventLead(LocalMetrics metrics) {
    this.metrics = metrics;
    lost = onTheirWay();
  }

  /** In events. Those that a learner holds for a mini-step that has yet to start do not count. */
  long events() {
    long pending = metrics.sum(MetricNames.PENDING_DELTAS);
    // The owners count what has reached them; at first that is less than what waits.
    long deltas = Math.max(1, Math.max(pending, metrics.sum(MetricNames.DELTAS)));
    long notBack = pending * metrics.sum(MetricNames.EVENTS) / deltas;
    return notBack + onTheirWay() - lost;
  }

  /** Events between the source and the learners; what is read while others move counts as more. */
  private long onTheirWay() {
    long arrived = metrics.sum(MetricNames.EVENTS) + metrics.sum(MetricNames.EVENTS_DUPLICATE);
    long letIn = 0;
    for (Map.Entry<String, Long> source :
        metrics.values(ConnectorMetrics.RECORDS_DECODED).entrySet()) {
      if (source.getKey().contains(Uids.INTERACTIONS)) { // and not orders
        letIn += source.getValue();
      }
    }
    return letIn - arrived;
  }
}
