// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schema.DeadLetter;
import io.freshet.schema.Decoded;
import io.freshet.schema.Interaction;
import io.freshet.schema.RecordError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class EventTimeTest {
  private static final Decoded BAD =
      Decoded.of(new DeadLetter(null, null, RecordError.EMPTY, "no value", "decode", "t", 0, 0));

  private final ManualClock clock = new ManualClock();
  private final Output output = new Output();
  private final WatermarkGenerator<Decoded> generator =
      EventTime.ofInteractions(Duration.ofMillis(10), Duration.ofMillis(1000))
          .createWatermarkGenerator(
              new WatermarkGeneratorSupplier.Context() {
                @Override
                public MetricGroup getMetricGroup() {
                  return new UnregisteredMetricsGroup();
                }

                @Override
                public RelativeClock getInputActivityClock() {
                  return clock;
                }
              });

  private static final class Output implements WatermarkOutput {
    final List<Long> watermarks = new ArrayList<>();
    boolean idle;

    @Override
    public void emitWatermark(Watermark watermark) {
      watermarks.add(watermark.getTimestamp());
      idle = false;
    }

    @Override
    public void markIdle() {
      idle = true;
    }

    @Override
    public void markActive() {
      idle = false;
    }
  }

  private void good(long time) {
    generator.onEvent(Decoded.of(Interaction.of("e", "u", "i", "click", time)), time, output);
    generator.onPeriodicEmit(output);
  }

  private void bad() {
    generator.onEvent(BAD, Long.MIN_VALUE, output);
    generator.onPeriodicEmit(output);
  }

  @Test
  void theWatermarkFollowsTheNewestGoodRecord() {
    good(1000);
    good(500);
    bad();

    assertThat(output.watermarks).last().isEqualTo(989L);
  }

  @Test
  void aPartitionOfBadRecordsCountsAsSilent() {
    good(1000);
    bad();
    for (int i = 0; i < 10; i++) {
      clock.advanceTime(Duration.ofMillis(300));
      bad();
    }

    assertThat(output.idle).isTrue();
  }
}
