// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final long NOW = 1_760_000_000_000L;

  private final SlidingLatency latency = new SlidingLatency();

  @Test
  void percentilesAreOfTheLastMinute() {
    for (int i = 1; i <= 100; i++) {
      latency.add(NOW - 30_000, 10 * i);
      latency.add(NOW - 70_000, 60_000);
    }

    SlidingLatency.Figures figures = latency.figures(NOW);

    assertThat(figures.lists()).isEqualTo(100);
    assertThat(figures.p50()).isCloseTo(500, within(5.0));
    assertThat(figures.p99()).isCloseTo(990, within(10.0));
  }

  @Test
  void aMinuteLaterNothingIsLeft() {
    latency.add(NOW, 40);

    assertThat(latency.figures(NOW + 4_000).lists()).isEqualTo(1);
    SlidingLatency.Figures later = latency.figures(NOW + 61_000);
    assertThat(later.lists()).isZero();
    assertThat(later.p50()).isNaN();
  }

  @Test
  void whatIsReadLateBelongsToItsOwnTime() {
    latency.add(NOW, 10);
    latency.add(NOW - 61_000, 99);

    assertThat(latency.figures(NOW).lists()).isEqualTo(1);
    assertThat(latency.figures(NOW).p99()).isEqualTo(10);
  }

  @Test
  void eventAndListMeetInEitherOrder() {
    LatencyJoin join = new LatencyJoin(10, latency);
    join.event("u1", 5, NOW - 30);
    join.list("u1", 5, NOW);
    join.list("u2", 6, NOW);
    join.event("u2", 6, NOW - 30);

    assertThat(latency.figures(NOW).lists()).isEqualTo(2);
    assertThat(latency.figures(NOW).p50()).isEqualTo(30);
  }

  @Test
  void aListCountsOnceAndOnlyWithItsOwnEvent() {
    LatencyJoin join = new LatencyJoin(10, latency);
    join.event("u1", 5, NOW - 30);
    join.list("u1", 4, NOW);
    join.list("u2", 5, NOW);
    assertThat(latency.figures(NOW).lists()).isZero();

    join.list("u1", 5, NOW);
    join.list("u1", 5, NOW + 1_000);
    assertThat(latency.figures(NOW + 1_000).lists()).isEqualTo(1);
  }

  @Test
  void whatWaitsIsBoundedAndTheOldestGoes() {
    LatencyJoin join = new LatencyJoin(2, latency);
    for (int event = 0; event < 3; event++) {
      join.event("u1", event, NOW - 30);
    }

    join.list("u1", 0, NOW);
    assertThat(latency.figures(NOW).lists()).isZero();
    join.list("u1", 1, NOW);
    join.list("u1", 2, NOW);
    assertThat(latency.figures(NOW).lists()).isEqualTo(2);
  }

  @Test
  void clocksThatDisagreeGiveNoNegativeLatency() {
    LatencyJoin join = new LatencyJoin(2, latency);
    join.event("u1", 1, NOW + 3);
    join.list("u1", 1, NOW);

    assertThat(latency.figures(NOW).p50()).isZero();
  }
}
