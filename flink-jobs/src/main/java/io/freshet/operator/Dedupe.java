// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.schema.Decoded;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets an event id through once per user and time to live (processing time). Keyed by user and not
 * by event id: one user's events keep their order on the way to the learner, a take-back cannot
 * overtake what it takes back, and erasing a user erases the ids too.
 */
public final class Dedupe extends KeyedProcessFunction<String, Decoded, Decoded> {
  private static final long serialVersionUID = 1L;

  private final Duration timeToLive;

  private transient MapState<String, Boolean> seen;
  private transient Counter duplicates;

  /** Remembers each event id for this long. */
  public Dedupe(Duration timeToLive) {
    this.timeToLive = timeToLive;
  }

  @Override
  public void open(OpenContext context) {
    MapStateDescriptor<String, Boolean> descriptor =
        new MapStateDescriptor<>("event-ids", Types.STRING, Types.BOOLEAN);
    descriptor.enableTimeToLive(
        StateTtlConfig.newBuilder(timeToLive).cleanupInRocksdbCompactFilter(1000).build());
    seen = getRuntimeContext().getMapState(descriptor);
    duplicates = getRuntimeContext().getMetricGroup().counter(MetricNames.EVENTS_DUPLICATE);
  }

  @Override
  public void processElement(Decoded record, Context context, Collector<Decoded> out)
      throws Exception {
    if (record.control() != null) {
      seen.clear();
      out.collect(record);
    } else if (seen.contains(record.interaction().eventId())) {
      duplicates.inc();
    } else {
      seen.put(record.interaction().eventId(), true);
      out.collect(record);
    }
  }
}
