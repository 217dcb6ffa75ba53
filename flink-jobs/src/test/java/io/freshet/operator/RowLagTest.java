// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowLagTest {
  private static final long START = 1_700_000_000_000L;

  private final RowLag lag = new RowLag();

  @Test
  void theLongestWayThereAndBackCounts() {
    lag.sent(7, START);
    lag.sent(8, START + 100);
    lag.returned(8, START + 150);
    lag.returned(7, START + 400);
    lag.sent(9, START + 500);
    lag.returned(9, START + 510);

    assertThat(lag.millis(START + 600)).isEqualTo(400);
  }

  @Test
  void whatTookLongLeavesAfterTwentySeconds() {
    lag.sent(7, START);
    lag.returned(7, START + 400);
    assertThat(lag.millis(START + 9_000)).isEqualTo(400);
    lag.sent(8, START + 21_000);
    lag.returned(8, START + 21_030);

    assertThat(lag.millis(START + 22_000)).isEqualTo(30);
    assertThat(lag.millis(START + 60_000)).isZero();
  }

  @Test
  void aStepThatIsNotRememberedIsPassedOver() {
    lag.returned(3, START);
    lag.sent(4, START);
    for (int step = 1; step <= 1 << 14; step++) {
      lag.sent(4 + step, START + step);
    }
    lag.returned(4, START + 100_000);
    lag.returned(Long.MIN_VALUE, START + 100_000);

    assertThat(lag.millis(START + 100_000)).isZero();
  }
}
