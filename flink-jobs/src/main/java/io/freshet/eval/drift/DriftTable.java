// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.drift;

import io.freshet.eval.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Drift runs as plain text: a line a run, the alarms, and the books before and after. */
public final class DriftTable {
  private DriftTable() {}

  /** The text, with a line feed after each line. */
  public static String render(List<DriftRun> runs) {
    return figures(runs).render()
        + "share: warm Recall@20 by that of a list made of the planted tastes\n"
        + "\nalarms (events after the drift; below 0: before it, a false alarm)\n"
        + alarms(runs)
        + "\ncodebooks, level by level: before the drift > right after it > at the end\n"
        + books(runs).render()
        + "\nwarm Recall@20 by spans of "
        + runs.get(0).plan().span()
        + " events\n"
        + runs.stream().map(DriftTable::spans).collect(Collectors.joining());
  }

  private static TextTable figures(List<DriftRun> runs) {
    TextTable table =
        new TextTable(
            "run",
            "events",
            "drift at",
            "re-fits",
            "false alarms",
            "events to alarm",
            "share before",
            "lowest after",
            "end",
            "events to recovery");
    for (DriftRun run : runs) {
      table.add(
          List.of(
              name(run),
              Long.toString(run.plan().events()),
              run.plan().hasDrift() ? Long.toString(run.plan().driftAt()) : "-",
              Integer.toString(run.refits()),
              Integer.toString(run.falseAlarms()),
              count(run.eventsToAlarm()),
              share(run.recall().before()),
              share(run.recall().lowest()),
              share(run.recall().end()),
              count(run.recall().events())));
    }
    return table;
  }

  private static String alarms(List<DriftRun> runs) {
    TextTable table =
        new TextTable(
            "run", "metric", "level", "detector", "value", "threshold", "raised", "cleared");
    boolean any = false;
    for (DriftRun run : runs) {
      long zero = run.plan().hasDrift() ? run.plan().driftAt() : 0;
      for (AlarmSpan alarm : run.alarms()) {
        any = true;
        table.add(
            List.of(
                name(run),
                alarm.metric(),
                alarm.level() == 0 ? "-" : Integer.toString(alarm.level()),
                alarm.detector(),
                number(alarm.value()),
                number(alarm.threshold()),
                Long.toString(alarm.raisedAt() - zero),
                alarm.clearedAt() == null ? "stands" : Long.toString(alarm.clearedAt() - zero)));
      }
    }
    return any ? table.render() : "none\n";
  }

  private static TextTable books(List<DriftRun> runs) {
    TextTable table =
        new TextTable("run", "perplexity", "error", "paths changed", "effective rank");
    for (DriftRun run : runs) {
      table.add(
          List.of(
              name(run),
              stages(run, books -> levels(books.perplexity(), "%.1f")),
              stages(run, books -> levels(books.error(), "%.3f")),
              stages(run, books -> share(books.changed())),
              stages(run, books -> number(books.effectiveRank()))));
    }
    return table;
  }

  private static String stages(DriftRun run, Function<BookFigures, String> figure) {
    return Stream.of(run.before(), run.after(), run.end())
        .map(books -> books == null ? "-" : figure.apply(books))
        .collect(Collectors.joining(" > "));
  }

  private static String levels(List<Double> values, String format) {
    return values.stream()
        .map(value -> String.format(Locale.ROOT, format, value))
        .collect(Collectors.joining("/"));
  }

  private static String spans(DriftRun run) {
    return name(run)
        + ": "
        + shares(run.spans())
        + "\n"
        + "  planted tastes: "
        + shares(run.truthSpans())
        + "\n";
  }

  private static String shares(List<Double> shares) {
    return shares.stream().map(DriftTable::share).collect(Collectors.joining(" "));
  }

  private static String name(DriftRun run) {
    return run.plan().kind() + ", seed " + run.seed() + (run.frozen() ? ", frozen" : "");
  }

  private static String count(Long count) {
    return count == null ? "-" : count.toString();
  }

  private static String share(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.4f", share);
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.4g", number);
  }
}
