// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.schema.Decoded;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.SerializableTimestampAssigner;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** Event time and watermarks of decoded records. */
public final class EventTime {
  private EventTime() {}

  /**
   * Interactions carry their own time; a record that could not be used has none, and so neither
   * advances the watermark nor holds it back.
   *
   * @param outOfOrderness how much later than a newer event an event may come
   * @param idleness how long a silent partition holds the watermark back
   */
  public static WatermarkStrategy<Decoded> ofInteractions(
      Duration outOfOrderness, Duration idleness) {
    return WatermarkStrategy.<Decoded>forBoundedOutOfOrderness(outOfOrderness)
        .withTimestampAssigner(new InteractionTime())
        .withIdleness(idleness);
  }

  private static final class InteractionTime implements SerializableTimestampAssigner<Decoded> {
    private static final long serialVersionUID = 1L;

    @Override
    public long extractTimestamp(Decoded record, long kafkaTimestamp) {
      return record.interaction() == null ? Long.MIN_VALUE : record.interaction().timestamp();
    }
  }
}
