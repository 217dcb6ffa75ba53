// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BestSettingsTest {

  @Test
  void theSettingWithTheHighestMeanRecallStandsForTheName() {
    EvaluationRow popularity = row("popularity", "", 1, 0.1);
    List<EvaluationRow> best =
        BestSettings.of(
            List.of(
                popularity,
                row("isgd", "a", 1, 0.9),
                row("isgd", "a", 2, 0.1),
                row("isgd", "b", 1, 0.6),
                row("isgd", "b", 2, 0.6)));

    assertThat(best)
        .containsExactly(popularity, row("isgd", "b", 1, 0.6), row("isgd", "b", 2, 0.6));
  }

  @Test
  void aModelThatNeverHitStillHasARow() {
    EvaluationRow never = row("popularity", "", 1, 0);
    assertThat(BestSettings.of(List.of(never))).containsExactly(never);
  }

  private static EvaluationRow row(String name, String setting, long seed, double recall) {
    RankMetrics metrics = new RankMetrics(recall, 0, 0, 10);
    return new EvaluationRow(name, setting, seed, metrics, metrics, List.of(), new CpuCost(0, 0));
  }
}
