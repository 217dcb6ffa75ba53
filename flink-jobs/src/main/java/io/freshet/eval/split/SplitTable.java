// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import io.freshet.eval.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Renders results as aligned plain text: a row for each seed and, where there are several, their
 * mean and spread (largest minus smallest).
 */
public final class SplitTable {
  private SplitTable() {}

  /** The text, with a line feed after each line. */
  public static String render(List<SplitResult> results) {
    if (results.isEmpty()) {
      return "";
    }
    int k = results.get(0).test().k();
    TextTable table =
        new TextTable(
            "encoder",
            "seed",
            "epoch",
            "ended",
            "s/epoch",
            "valid NDCG@" + k,
            "test NDCG@" + k,
            "Recall@" + k,
            "Recall@" + k + " of all",
            "Precision@" + k);
    for (SplitResult result : results) {
      add(
          table,
          result.name(),
          Long.toString(result.seed()),
          Integer.toString(result.epoch()),
          result.ended().name().toLowerCase(Locale.ROOT),
          value -> value.applyAsDouble(result));
    }
    if (results.size() > 1) {
      add(
          table,
          "mean",
          "",
          "",
          "",
          value -> results.stream().mapToDouble(value).average().orElseThrow());
      add(
          table,
          "spread",
          "",
          "",
          "",
          value ->
              results.stream().mapToDouble(value).max().orElseThrow()
                  - results.stream().mapToDouble(value).min().orElseThrow());
    }
    return table.render();
  }

  private static void add(
      TextTable table,
      String name,
      String seed,
      String epoch,
      String ended,
      ToDoubleFunction<ToDoubleFunction<SplitResult>> over) {
    List<String> cells = new ArrayList<>(List.of(name, seed, epoch, ended));
    cells.add(String.format(Locale.ROOT, "%.3f", over.applyAsDouble(SplitResult::secondsPerEpoch)));
    cells.add(share(over.applyAsDouble(r -> r.valid().ndcg())));
    cells.add(share(over.applyAsDouble(r -> r.test().ndcg())));
    cells.add(share(over.applyAsDouble(r -> r.test().recall())));
    cells.add(share(over.applyAsDouble(r -> r.test().recallFull())));
    cells.add(share(over.applyAsDouble(r -> r.test().precision())));
    table.add(cells);
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
