// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.schema.Decoded;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.SerializableTimestampAssigner;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
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
    WatermarkStrategy<Decoded> ofGoodRecords =
        WatermarkStrategy.<Decoded>forBoundedOutOfOrderness(outOfOrderness).withIdleness(idleness);
    return WatermarkStrategy.<Decoded>forGenerator(
            context -> new GoodRecords(ofGoodRecords.createWatermarkGenerator(context)))
        .withTimestampAssigner(new InteractionTime());
  }

  /** Orders have no event time: they never hold the watermark back, and never advance it. */
  public static WatermarkStrategy<Decoded> ofOrders() {
    return WatermarkStrategy.forGenerator(context -> new Idle());
  }

  /**
   * Shows the wrapped generator no record that could not be used, so that a partition full of them
   * counts as silent.
   */
  private record GoodRecords(WatermarkGenerator<Decoded> generator)
      implements WatermarkGenerator<Decoded> {
    @Override
    public void onEvent(Decoded record, long time, WatermarkOutput output) {
      if (record.interaction() != null) {
        generator.onEvent(record, time, output);
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      generator.onPeriodicEmit(output);
    }
  }

  private record Idle() implements WatermarkGenerator<Decoded> {
    @Override
    public void onEvent(Decoded record, long time, WatermarkOutput output) {
      // Not even while orders come.
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.markIdle();
    }
  }

  private static final class InteractionTime implements SerializableTimestampAssigner<Decoded> {
    private static final long serialVersionUID = 1L;

    @Override
    public long extractTimestamp(Decoded record, long kafkaTimestamp) {
      return record.interaction() == null ? Long.MIN_VALUE : record.interaction().timestamp();
    }
  }
}
