// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AdwinTest {

  @Test
  void keepsAllOfAStationaryStreamWithTheMeanItHas() {
    Random random = new Random(1);
    Adwin window = new Adwin(0.002);
    double sum = 0;
    for (int i = 0; i < 20_000; i++) {
      double x = random.nextDouble() < 0.3 ? 1 : 0;
      sum += x;
      assertThat(window.add(x)).isFalse();
    }
    assertThat(window.count()).isEqualTo(20_000);
    assertThat(window.mean()).isCloseTo(sum / 20_000, within(1e-9));
  }

  @Test
  void dropsWhatCameBeforeAChange() {
    Random random = new Random(2);
    Adwin window = new Adwin(0.002);
    for (int i = 0; i < 10_000; i++) {
      window.add(random.nextDouble() < 0.3 ? 1 : 0);
    }
    int found = -1;
    for (int i = 0; i < 3000; i++) {
      if (window.add(random.nextDouble() < 0.15 ? 1 : 0) && found < 0) {
        found = i;
        assertThat(window.meanBefore()).isCloseTo(0.3, within(0.03));
        assertThat(window.meanBefore() - window.meanAfter()).isGreaterThan(window.threshold());
      }
    }
    assertThat(found).isBetween(50, 1000);
    assertThat(window.count()).isLessThan(5000);
    assertThat(window.mean()).isCloseTo(0.15, within(0.03));
  }

  @Test
  void cutsAStationaryStreamHardlyEver() {
    int cuts = 0;
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      Adwin window = new Adwin(0.002);
      for (int i = 0; i < 3000; i++) {
        cuts += window.add(random.nextDouble() < 0.25 ? 1 : 0) ? 1 : 0;
      }
    }
    assertThat(cuts).isLessThanOrEqualTo(2);
  }

  @Test
  void goesOnFromItsState() {
    Random random = new Random(3);
    Adwin window = new Adwin(0.002);
    for (int i = 0; i < 5000; i++) {
      window.add(random.nextDouble() < 0.4 ? 1 : 0);
    }
    double[] state = new double[Adwin.STATE + 3];
    window.write(state, 3);
    Adwin restored = new Adwin(0.002);
    restored.read(state, 3);
    for (int i = 0; i < 3000; i++) {
      double x = random.nextDouble() < 0.2 ? 1 : 0;
      assertThat(restored.add(x)).isEqualTo(window.add(x));
      assertThat(restored.count()).isEqualTo(window.count());
    }
    assertThat(restored.mean()).isCloseTo(window.mean(), within(1e-9));
  }
}
