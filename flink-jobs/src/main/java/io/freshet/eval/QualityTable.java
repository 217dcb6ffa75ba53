// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Renders evaluation rows as aligned plain text: a table of the figures and one of the tenths. Rows
 * that differ only in the seed are shown once, as their mean, with the spread (largest minus
 * smallest) of the warm Recall@20 beside it.
 */
public final class QualityTable {
  private QualityTable() {}

  /** The text, with a line feed after each line. */
  public static String render(List<EvaluationRow> rows) {
    List<ModelSummary> models = ModelSummary.group(rows);
    return figures(models).render()
        + "\nwarm Recall@20 by tenths of the stream\n"
        + tenths(models).render()
        + settings(models);
  }

  private static TextTable figures(List<ModelSummary> models) {
    TextTable table =
        new TextTable(
            "model",
            "seeds",
            "warm R@20",
            "spread",
            "NDCG@20",
            "HR@10",
            "n",
            "all R@20",
            "NDCG@20",
            "HR@10",
            "n",
            "us/recommend",
            "us/learn");
    for (ModelSummary model : models) {
      List<String> cells = new ArrayList<>();
      cells.add(model.name());
      cells.add(Integer.toString(model.seeds().size()));
      cells.add(share(model.mean(row -> row.warm().recall20())));
      cells.add(model.seeds().size() > 1 ? share(model.spread(r -> r.warm().recall20())) : "");
      cells.add(share(model.mean(row -> row.warm().ndcg20())));
      cells.add(share(model.mean(row -> row.warm().hr10())));
      cells.add(count(model.mean(row -> row.warm().n())));
      cells.add(share(model.mean(row -> row.all().recall20())));
      cells.add(share(model.mean(row -> row.all().ndcg20())));
      cells.add(share(model.mean(row -> row.all().hr10())));
      cells.add(count(model.mean(row -> row.all().n())));
      cells.add(micros(model.mean(row -> row.cpu().recommend())));
      cells.add(micros(model.mean(row -> row.cpu().learn())));
      table.add(cells);
    }
    return table;
  }

  private static TextTable tenths(List<ModelSummary> models) {
    TextTable table = new TextTable("model", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    for (ModelSummary model : models) {
      List<String> cells = new ArrayList<>();
      cells.add(model.name());
      for (int part = 0; part < model.seeds().get(0).tenths().size(); part++) {
        int tenth = part;
        cells.add(share(model.mean(row -> row.tenths().get(tenth))));
      }
      table.add(cells);
    }
    return table;
  }

  private static String settings(List<ModelSummary> models) {
    StringBuilder text = new StringBuilder();
    for (ModelSummary model : models) {
      if (!model.setting().isEmpty()) {
        text.append(model.name()).append(": ").append(model.setting()).append('\n');
      }
    }
    return text.isEmpty() ? "" : "\nbest setting on this stream\n" + text;
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String count(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }

  private static String micros(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
