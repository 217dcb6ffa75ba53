// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PageHinkleyTest {

  @Test
  void findsARiseSoonAndOnlyInTheDirectionItLooks() {
    Random random = new Random(4);
    PageHinkley rises = new PageHinkley(true, 0);
    PageHinkley falls = new PageHinkley(false, 0);
    for (int i = 0; i < 200; i++) {
      assertThat(rises.add(10 + random.nextGaussian())).isFalse();
      assertThat(falls.add(10 + random.nextGaussian())).isFalse();
    }
    int found = -1;
    for (int i = 0; i < 20; i++) {
      double x = 15 + random.nextGaussian();
      if (rises.add(x) && found < 0) {
        found = i;
      }
      assertThat(falls.add(x)).isFalse();
    }
    // Each exceeds the mean by five deviations, of which one is allowed.
    assertThat(found).isBetween(2, 7);
  }

  @Test
  void isTheSumOfExcessesLessItsMinimum() {
    PageHinkley test = new PageHinkley(true, 0);
    for (int i = 0; i < PageHinkley.WARM_UP; i++) {
      test.add(i % 2 == 0 ? 1 : -1);
    }
    assertThat(test.statistic()).isZero();
    double expected = 0;
    for (int i = 0; i < 3; i++) {
      expected += test.excess(4) - PageHinkley.DELTA;
      test.add(4);
    }
    // The mean moves on after each, so excesses are less than 4 deviations in the end.
    assertThat(test.statistic()).isEqualTo(expected).isGreaterThan(6);
  }

  @Test
  void aSlowTrendIsNoChange() {
    Random random = new Random(5);
    PageHinkley test = new PageHinkley(true, 0);
    for (int i = 0; i < 5000; i++) {
      assertThat(test.add(i * 0.005 + random.nextGaussian())).isFalse();
    }
  }

  @Test
  void aChangeUnderAShareOfTheMeanIsNone() {
    PageHinkley test = new PageHinkley(true, 0.01);
    for (int i = 0; i < 100; i++) {
      test.add(100);
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(test.add(100.5)).isFalse();
    }
    boolean found = false;
    for (int i = 0; i < 20; i++) {
      found |= test.add(105);
    }
    assertThat(found).isTrue();
  }
}
