// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class QualityTotalsTest {

  @Test
  void metricsEqualTheValuesWorkedOutByHand() {
    QualityTotals totals = new QualityTotals();
    totals.add(1, true);
    totals.add(3, true);
    totals.add(11, true);
    totals.add(21, true);

    RankMetrics warm = totals.warm();
    assertThat(warm.n()).isEqualTo(4);
    assertThat(warm.recall20()).isEqualTo(3 / 4.0);
    assertThat(warm.hr10()).isEqualTo(2 / 4.0);
    // 1/log2(2) = 1, 1/log2(4) = 0.5, 1/log2(12) = 0.27894
    assertThat(warm.ndcg20()).isCloseTo((1 + 0.5 + 0.2789429) / 4, within(1e-7));
  }

  @Test
  void theLastRankThatCountsIsTwentyAndForTheShortListTen() {
    QualityTotals totals = new QualityTotals();
    totals.add(10, true);
    totals.add(20, true);

    assertThat(totals.warm().recall20()).isEqualTo(1);
    assertThat(totals.warm().hr10()).isEqualTo(0.5);
  }

  @Test
  void missesAreCountedButScoreNothing() {
    QualityTotals totals = new QualityTotals();
    totals.add(QualityTotals.MISS, false);
    totals.add(0, false);
    totals.add(-1, false);

    assertThat(totals.all()).isEqualTo(new RankMetrics(0, 0, 0, 3));
  }

  @Test
  void eventsThatAreNotWarmCountOnlyAmongAll() {
    QualityTotals totals = new QualityTotals();
    totals.add(1, false);
    totals.add(QualityTotals.MISS, true);

    assertThat(totals.warm()).isEqualTo(new RankMetrics(0, 0, 0, 1));
    assertThat(totals.all()).isEqualTo(new RankMetrics(0.5, 0.5, 0.5, 2));
  }

  @Test
  void withoutEventsEveryMetricIsZero() {
    assertThat(new QualityTotals().warm()).isEqualTo(new RankMetrics(0, 0, 0, 0));
  }

  @Test
  void totalsOfPartsAddUpToTheTotalsOfTheWhole() {
    Random random = new Random(7);
    QualityTotals whole = new QualityTotals();
    QualityTotals sum = new QualityTotals();
    for (int part = 0; part < 5; part++) {
      QualityTotals window = new QualityTotals();
      for (int i = 0; i < 100; i++) {
        int rank = 1 + random.nextInt(40);
        boolean warm = random.nextBoolean();
        whole.add(rank, warm);
        window.add(rank, warm);
      }
      sum.add(window);
    }
    assertSame(sum.warm(), whole.warm());
    assertSame(sum.all(), whole.all());
  }

  private static void assertSame(RankMetrics actual, RankMetrics expected) {
    assertThat(actual.n()).isEqualTo(expected.n());
    assertThat(actual.recall20()).isEqualTo(expected.recall20());
    assertThat(actual.hr10()).isEqualTo(expected.hr10());
    assertThat(actual.ndcg20()).isCloseTo(expected.ndcg20(), within(1e-12));
  }
}
