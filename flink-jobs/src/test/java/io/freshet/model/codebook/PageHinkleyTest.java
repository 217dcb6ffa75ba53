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
    // The line follows each, so excesses are less than 4 deviations in the end.
    assertThat(test.statistic()).isEqualTo(expected).isGreaterThan(4);
  }

  @Test
  void aTrendIsNoChangeWhateverItsSlope() {
    for (double slope : new double[] {0.005, 0.05, 0.5, 5}) {
      Random random = new Random(5);
      PageHinkley test = new PageHinkley(true, 0);
      for (int i = 0; i < 5000; i++) {
        assertThat(test.add(i * slope + random.nextGaussian())).as("%s at %d", slope, i).isFalse();
      }
    }
  }

  /** As the effective rank of a model that learns: fast at first, then less and less. */
  @Test
  void aTrendThatFlattensIsNoChange() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      PageHinkley test = new PageHinkley(false, 0.01);
      for (int i = 0; i < 360; i++) {
        double rank = 40 + 17 * Math.exp(-i / 60.0) + 0.4 * random.nextGaussian();
        assertThat(test.add(rank)).as("seed %d at %d", seed, i).isFalse();
      }
    }
  }

  /** As the error of codes for such a model. */
  @Test
  void anImprovementThatEndsIsNoChangeForTheWorse() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      PageHinkley test = new PageHinkley(true, 0.01);
      for (int i = 0; i < 360; i++) {
        double error = 0.25 + 0.4 * Math.exp(-i / 60.0) + 0.005 * random.nextGaussian();
        assertThat(test.add(error)).as("seed %d at %d", seed, i).isFalse();
      }
    }
  }

  @Test
  void aChangeOfSlopeAmidATrendIsFound() {
    Random random = new Random(6);
    PageHinkley test = new PageHinkley(true, 0);
    for (int i = 0; i < 150; i++) {
      assertThat(test.add(i * 0.1 + random.nextGaussian())).isFalse();
    }
    boolean found = false;
    for (int i = 0; i < 20; i++) {
      found |= test.add(15 + i + random.nextGaussian());
    }
    assertThat(found).isTrue();
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
