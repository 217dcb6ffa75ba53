// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import io.freshet.schema.RecordError;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what a source could use and, by the kind of fault, what it could not. */
public final class RecordCounters {
  private final Counter decoded;
  private final Counter[] refused;

  /** Counters of {@link ConnectorMetrics}' names in this group. */
  public RecordCounters(MetricGroup metrics) {
    decoded = metrics.counter(ConnectorMetrics.RECORDS_DECODED);
    RecordError[] errors = RecordError.values();
    refused = new Counter[errors.length];
    for (RecordError error : errors) {
      refused[error.ordinal()] = metrics.counter(ConnectorMetrics.recordsRefused(error));
    }
  }

  /** One more that could be used. */
  public void decoded() {
    decoded.inc();
  }

  /** One more that could not. */
  public void refused(RecordError error) {
    refused[error.ordinal()].inc();
  }
}
