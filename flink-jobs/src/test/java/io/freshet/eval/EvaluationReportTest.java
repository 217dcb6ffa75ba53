// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationReportTest {
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void jsonHasTheDocumentedShape() throws JsonProcessingException {
    QualityCurve curve = new QualityCurve();
    for (int i = 0; i < 20; i++) {
      curve.add(i < 10 ? 1 : QualityTotals.MISS, i % 2 == 0);
    }
    EvaluationRow row = EvaluationRow.of("freshet", "", 1, curve, new CpuCost(2.5, 0.5));
    EvaluationReport report =
        new EvaluationReport("events.csv", Map.of("epochs", 1), List.of(row), 12.5);

    assertThat(json.readTree(json.writeValueAsString(report)))
        .isEqualTo(
            json.readTree(
                """
                {"data": "events.csv", "config": {"epochs": 1},
                 "rows": [{"name": "freshet", "seed": 1,
                   "warm": {"recall@20": 0.5, "ndcg@20": 0.5, "hr@10": 0.5, "n": 10},
                   "all": {"recall@20": 0.5, "ndcg@20": 0.5, "hr@10": 0.5, "n": 20},
                   "tenths": [1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
                   "cpu_us": {"recommend": 2.5, "learn": 0.5}}],
                 "peak_rss_mb": 12.5}
                """));
  }

  @Test
  void aChosenSettingIsNamedInItsRow() {
    EvaluationRow row =
        EvaluationRow.of(
            "decayed-popularity", "half-life 6 h", 1, new QualityCurve(), new CpuCost(0, 0));

    assertThat(json.valueToTree(row).path("setting").asText()).isEqualTo("half-life 6 h");
  }

  @Test
  void peakMemoryIsPlausibleWhereTheSystemTellsIt() {
    Double peak = ProcessMemory.peakRssMb();
    if (peak != null) {
      assertThat(peak).isBetween(10.0, 1_000_000.0);
    }
  }
}
