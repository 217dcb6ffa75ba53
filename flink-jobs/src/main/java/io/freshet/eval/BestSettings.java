// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Picks each model's best setting: highest warm Recall@20, mean over seeds. */
final class BestSettings {
  private BestSettings() {}

  static List<EvaluationRow> of(List<EvaluationRow> rows) {
    Map<String, String> bestSetting = new LinkedHashMap<>();
    Map<String, Double> bestRecall = new LinkedHashMap<>();
    for (EvaluationRow row : rows) {
      double recall = meanRecall(rows, row.name(), row.setting());
      if (recall > bestRecall.getOrDefault(row.name(), -1.0)) {
        bestRecall.put(row.name(), recall);
        bestSetting.put(row.name(), row.setting());
      }
    }
    return rows.stream().filter(row -> bestSetting.get(row.name()).equals(row.setting())).toList();
  }

  private static double meanRecall(List<EvaluationRow> rows, String name, String setting) {
    return rows.stream()
        .filter(row -> row.name().equals(name) && row.setting().equals(setting))
        .mapToDouble(row -> row.warm().recall20())
        .average()
        .orElse(0);
  }
}
