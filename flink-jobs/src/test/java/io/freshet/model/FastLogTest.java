// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FastLogTest {

  @Test
  void itIsTheLogarithmOfFloatsOfEverySize() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      float x = (float) Math.exp(-80 + 160 * random.nextDouble());
      double expected = Math.log(x);

      assertThat((double) FastLog.of(x))
          .isCloseTo(expected, within(2e-7 * Math.max(1, Math.abs(expected))));
    }
  }

  @Test
  void nearOneItKeepsItsDigitsAndOneItselfIsZero() {
    assertThat(FastLog.of(1)).isZero();
    for (float x = 0.9f; x < 1.1f; x += 0.001f) {
      assertThat((double) FastLog.of(x)).isCloseTo(Math.log(x), within(2e-8));
    }
  }
}
