// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The rows of one model at one setting, one a seed, and what they say together. */
record ModelSummary(List<EvaluationRow> seeds) {

  ModelSummary {
    seeds = List.copyOf(seeds);
  }

  /** Groups rows that differ in the seed only, in the order of their first appearance. */
  static List<ModelSummary> group(List<EvaluationRow> rows) {
    record Key(String name, String setting) {}
    Map<Key, List<EvaluationRow>> groups = new LinkedHashMap<>();
    for (EvaluationRow row : rows) {
      groups.computeIfAbsent(new Key(row.name(), row.setting()), key -> new ArrayList<>()).add(row);
    }
    return groups.values().stream().map(ModelSummary::new).toList();
  }

  String name() {
    return seeds.get(0).name();
  }

  String setting() {
    return seeds.get(0).setting();
  }

  double mean(ToDoubleFunction<EvaluationRow> figure) {
    return seeds.stream().mapToDouble(figure).average().orElseThrow();
  }

  /** Largest minus smallest over the seeds. */
  double spread(ToDoubleFunction<EvaluationRow> figure) {
    double max = seeds.stream().mapToDouble(figure).max().orElseThrow();
    return max - seeds.stream().mapToDouble(figure).min().orElseThrow();
  }
}
