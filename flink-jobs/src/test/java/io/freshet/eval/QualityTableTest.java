// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class QualityTableTest {

  @Test
  void rowsOfOneModelAreShownOnceAsMeanAndSpread() {
    String text =
        QualityTable.render(
            List.of(
                row("popularity", "", 1, 0.25),
                row("isgd", "init 0.1", 1, 0.125),
                row("isgd", "init 0.1", 2, 0.375)));

    List<String> lines = text.lines().toList();
    assertThat(lines.get(0).split(" +"))
        .containsExactly(
            "model",
            "seeds",
            "warm",
            "R@20",
            "spread",
            "NDCG@20",
            "HR@10",
            "n",
            "all",
            "R@20",
            "NDCG@20",
            "HR@10",
            "n",
            "us/recommend",
            "us/learn");
    assertThat(lines.get(1).split(" +"))
        .containsExactly(
            "popularity",
            "1",
            "0.2500",
            "0.1250",
            "0.2500",
            "80",
            "0.2500",
            "0.1250",
            "0.2500",
            "80",
            "12.0",
            "0.5");
    assertThat(lines.get(2).split(" +"))
        .containsExactly(
            "isgd", "2", "0.2500", "0.2500", "0.1250", "0.2500", "80", "0.2500", "0.1250", "0.2500",
            "80", "12.0", "0.5");
    assertThat(lines).contains("isgd: init 0.1").doesNotContain("popularity: ");
  }

  @Test
  void everyLineOfATableIsAsWideAsItsHeader() {
    List<String> lines =
        QualityTable.render(List.of(row("a", "", 1, 0.1), row("a-long-name", "", 1, 0.2)))
            .lines()
            .toList();

    assertThat(lines.subList(0, 3)).allMatch(line -> line.length() == lines.get(0).length());
    assertThat(lines.subList(5, 8)).allMatch(line -> line.length() == lines.get(5).length());
  }

  private static EvaluationRow row(String name, String setting, long seed, double recall) {
    RankMetrics metrics = new RankMetrics(recall, recall / 2, recall, 80);
    return new EvaluationRow(
        name,
        setting,
        seed,
        metrics,
        metrics,
        Collections.nCopies(10, recall),
        new CpuCost(12, 0.5));
  }
}
