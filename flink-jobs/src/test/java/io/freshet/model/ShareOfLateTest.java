// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShareOfLateTest {
  @Test
  void isOneBeforeTheFirstCase() {
    assertThat(new ShareOfLate(100).value()).isEqualTo(1);
  }

  @Test
  void isTheMeanOfTheFirstCases() {
    ShareOfLate share = new ShareOfLate(100);

    for (int i = 0; i < 100; i++) {
      share.add(i % 4 == 0);
    }

    assertThat(share.value()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void followsAFallHoweverLongItWentWellBefore() {
    ShareOfLate share = new ShareOfLate(100);
    for (int i = 0; i < 1_000_000; i++) {
      share.add(true);
    }

    for (int i = 0; i < 300; i++) {
      share.add(false);
    }

    assertThat(share.value()).isBetween(0.01, 0.1);
  }
}
