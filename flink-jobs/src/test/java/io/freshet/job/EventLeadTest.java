// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.connect.ConnectorMetrics;
import io.freshet.operator.MetricNames;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;

class EventLeadTest {
  private final LocalMetrics metrics = new LocalMetrics();
  private final Counter letIn = counter("interactions.0", ConnectorMetrics.RECORDS_DECODED);
  private final Counter orders = counter("control.0", ConnectorMetrics.RECORDS_DECODED);
  private final Counter duplicates = counter("dedupe.0", MetricNames.EVENTS_DUPLICATE);
  private final Counter learned = counter("user-learner.0", MetricNames.EVENTS);
  private final Counter deltas = counter("item-merger.0", MetricNames.DELTAS);
  private int pending;

  EventLeadTest() {
    metrics.added(
        MetricNames.PENDING_DELTAS,
        "user-learner.0." + MetricNames.PENDING_DELTAS,
        (Gauge<Integer>) () -> pending);
  }

  private Counter counter(String operator, String name) {
    Counter counter = new SimpleCounter();
    metrics.added(name, operator + "." + name, counter);
    return counter;
  }

  @Test
  void whatIsBetweenTheSourceAndTheLearnersIsAhead() {
    EventLead lead = new EventLead(metrics);

    letIn.inc(10);
    orders.inc(7);
    duplicates.inc();
    learned.inc(3);

    assertThat(lead.events()).isEqualTo(6);
  }

  @Test
  void whatHasNotComeBackIsAheadToo() {
    EventLead lead = new EventLead(metrics);

    letIn.inc(100);
    learned.inc(100);
    deltas.inc(800);
    pending = 40;

    assertThat(lead.events()).isEqualTo(5);
  }

  @Test
  void allThatWasLearnedIsAheadBeforeItReachesTheOwners() {
    EventLead lead = new EventLead(metrics);

    letIn.inc(100);
    learned.inc(100);
    pending = 800;

    assertThat(lead.events()).isEqualTo(100);
  }

  @Test
  void whatARunThatDiedHadOnItsWayIsForgotten() {
    letIn.inc(100);
    learned.inc(60);
    EventLead lead = new EventLead(metrics);

    letIn.inc(5);

    assertThat(lead.events()).isEqualTo(5);
  }
}
