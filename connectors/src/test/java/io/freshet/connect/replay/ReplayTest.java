// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  // Near the end of long, as a clock that may overflow.
  private long now = Long.MAX_VALUE - SECOND;

  @Test
  void flatOutNeverWaits() {
    Replay replay = Replay.flatOut();
    for (int i = 0; i < 100; i++) {
      assertThat(replay.nanosUntilDue(i * 1_000_000L)).isZero();
    }
  }

  @Test
  void liveEventsAreDueAtTheirTimestampsHoweverLongAStall() {
    long[] millis = {1_700_000_000_000L};
    Replay replay = Replay.live(() -> millis[0]);

    assertThat(replay.nanosUntilDue(1_700_000_000_250L)).isEqualTo(250 * MILLI);
    millis[0] += 60_000;
    assertThat(replay.nanosUntilDue(1_700_000_000_500L)).isEqualTo(-59_500 * MILLI);
    assertThat(replay.nanosUntilDue(1_700_000_060_001L)).isEqualTo(MILLI);
  }

  @Test
  void aFixedRateSpacesEventsEvenlyWhateverTheirTimes() {
    Replay replay = Replay.atRate(1000, () -> now);
    long start = now;
    for (int i = 0; i < 5000; i++) {
      waitFor(replay.nanosUntilDue(i % 2 == 0 ? 0 : 1_000_000_000L));
      assertThat(now - start).isEqualTo(i * MILLI);
    }
  }

  @Test
  void aFixedRateHoldsOnAverageAlthoughEveryWaitRunsOver() {
    Replay replay = Replay.atRate(10_000, () -> now);
    long start = now;
    for (int i = 0; i < 20_000; i++) {
      long wait = replay.nanosUntilDue(0);
      if (wait > 0) {
        waitFor(wait + 60_000);
      }
    }
    assertThat(now - start).isBetween(2 * SECOND - MILLI, 2 * SECOND + MILLI);
  }

  @Test
  void afterAStallAFixedRateCatchesUpOnlyALittle() {
    Replay replay = Replay.atRate(1000, () -> now);
    for (int i = 0; i < 10; i++) {
      waitFor(replay.nanosUntilDue(0));
    }
    now += 60 * SECOND;
    int burst = 0;
    while (replay.nanosUntilDue(0) <= 0) {
      burst++;
    }
    assertThat(burst).isBetween(95, 105);
  }

  @Test
  void recordedSpeedKeepsTheDistancesInTime() {
    Replay replay = Replay.atRecordedSpeed(1, () -> now);
    long start = now;
    waitFor(replay.nanosUntilDue(5000));
    assertThat(now - start).isZero();
    waitFor(replay.nanosUntilDue(5000));
    assertThat(now - start).isZero();
    waitFor(replay.nanosUntilDue(5250));
    assertThat(now - start).isEqualTo(250 * MILLI);
    waitFor(replay.nanosUntilDue(9000));
    assertThat(now - start).isEqualTo(4000 * MILLI);
  }

  @Test
  void aFactorShortensTheDistances() {
    Replay replay = Replay.atRecordedSpeed(60, () -> now);
    long start = now;
    waitFor(replay.nanosUntilDue(0));
    waitFor(replay.nanosUntilDue(TimeUnit.HOURS.toMillis(1)));
    assertThat(now - start).isEqualTo(TimeUnit.MINUTES.toNanos(1));
  }

  @Test
  void anEventOlderThanTheOneBeforeIsDueAtOnceAndDoesNotMoveTheSchedule() {
    Replay replay = Replay.atRecordedSpeed(1, () -> now);
    long start = now;
    waitFor(replay.nanosUntilDue(1000));
    waitFor(replay.nanosUntilDue(2000));
    assertThat(replay.nanosUntilDue(1500)).isNotPositive();
    assertThat(replay.nanosUntilDue(0)).isNotPositive();
    waitFor(replay.nanosUntilDue(3000));
    assertThat(now - start).isEqualTo(2 * SECOND);
  }

  @Test
  void afterAStallRecordedSpeedCatchesUpOnlyALittle() {
    Replay replay = Replay.atRecordedSpeed(1, () -> now);
    replay.nanosUntilDue(0);
    now += 60 * SECOND;
    assertThat(replay.nanosUntilDue(1000)).isEqualTo(-100 * MILLI);
    assertThat(replay.nanosUntilDue(2000)).isEqualTo(900 * MILLI);
  }

  @Test
  void aTimeFarInTheFutureIsALongWaitAndNoOverflow() {
    Replay replay = Replay.atRecordedSpeed(0.001, () -> now);
    replay.nanosUntilDue(0);
    assertThat(replay.nanosUntilDue(Long.MAX_VALUE)).isGreaterThan(TimeUnit.DAYS.toNanos(365));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aPaceThatIsNoPositiveNumberIsRefused(double pace) {
    assertThatThrownBy(() -> Replay.atRate(pace)).hasMessageContaining("rate must be");
    assertThatThrownBy(() -> Replay.atRecordedSpeed(pace)).hasMessageContaining("speed must be");
  }

  private void waitFor(long nanos) {
    now += Math.max(0, nanos);
  }
}
