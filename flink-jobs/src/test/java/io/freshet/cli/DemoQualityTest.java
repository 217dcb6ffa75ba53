// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schema.QualityWindow;
import io.freshet.schema.TestOutcome;
import org.junit.jupiter.api.Test;

class DemoQualityTest {
  private final DemoQuality quality = new DemoQuality(() -> 1000);

  @Test
  void aWindowIsToldOnceEveryRecommendersIsThere() {
    assertThat(quality.add(window(TestOutcome.FRESHET, 0, 0, 10, 300))).isNull();
    assertThat(quality.add(window(TestOutcome.POPULARITY, 0, 0, 10, 150)))
        .isEqualTo("window 0  Recall@20: freshet 0.300, popularity 0.150");
  }

  @Test
  void theDriftDividesTheWindowsByEventTime() {
    add(0, 0, 400, 100);
    add(1, 400, 900, 500);
    add(2, 900, 1100, 400);
    add(3, 1100, 1500, 200);
    add(4, 1500, 1900, 300);

    assertThat(quality.sawDrift()).isTrue();
    assertThat(freshet(DemoQuality.Phase.START)).isEqualTo(0.1);
    assertThat(freshet(DemoQuality.Phase.BEFORE_DRIFT)).isEqualTo(0.5);
    assertThat(freshet(DemoQuality.Phase.AFTER_DRIFT)).isEqualTo(0.2);
    assertThat(freshet(DemoQuality.Phase.END)).isEqualTo(0.3);
    assertThat(quality.recall(TestOutcome.FRESHET)).isEqualTo(0.3);
  }

  @Test
  void withoutWindowsThereIsNothingToSay() {
    assertThat(quality.isEmpty()).isTrue();
    assertThat(quality.sawDrift()).isFalse();
    assertThat(freshet(DemoQuality.Phase.END)).isNaN();
    assertThat(quality.lastLine()).isNull();
  }

  private double freshet(DemoQuality.Phase phase) {
    return quality.recall(TestOutcome.FRESHET, phase);
  }

  private void add(long number, long from, long to, long hits) {
    quality.add(window(TestOutcome.FRESHET, number, from, to, hits));
    quality.add(window(TestOutcome.POPULARITY, number, from, to, 0));
  }

  private static QualityWindow window(String model, long number, long from, long to, long hits) {
    QualityWindow.Sums sums = new QualityWindow.Sums(1000, 0, hits, 0);
    return new QualityWindow(model, number, from, to, sums, sums, false);
  }
}
