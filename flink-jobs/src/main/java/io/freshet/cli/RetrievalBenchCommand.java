// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.bench.KernelBench;
import io.freshet.bench.RetrievalBench;
import io.freshet.bench.RetrievalRow;
import io.freshet.eval.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times retrieval that prunes. */
@Command(
    name = "retrieval",
    description =
        "Measures what the embedding finds and costs when it looks at a share of the items, against"
            + " looking at all.",
    footer = {
      "",
      "Generated rows: clustered (two thirds of an embedding's variance is its cluster's), mixed (a",
      "quarter) and isotropic (nothing, and all items are as popular: the worst case). Recall is the",
      "share of the best 100 that is found. Times are processor time, the best 100 taken.",
      "",
      "Examples:",
      "  freshet bench retrieval --items 100k",
      "  FRESHET_HEAP=2g freshet bench retrieval --shares 0.01,0.02 --json figures.json"
    })
final class RetrievalBenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Console console;
  @Mixin private SampleArguments samples;

  @Option(
      names = "--items",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "Items (default ${DEFAULT-VALUE}).",
      defaultValue = "1m")
  private int items;

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "KIND",
      description = "Kinds of rows (default ${DEFAULT-VALUE}).",
      defaultValue = "clustered,mixed,isotropic")
  private List<String> kinds;

  @Option(
      names = "--shares",
      split = ",",
      paramLabel = "SHARE",
      description = "Shares of the items to look at (default ${DEFAULT-VALUE}).",
      defaultValue = "0.005,0.01,0.02,0.05")
  private List<Double> shares;

  @Override
  public Integer call() throws Exception {
    check();
    SampleArguments.requireHeap(Text.count(items) + " items", RetrievalBench.bytes(items));
    console.println("Kernels: " + KernelBench.loops());
    RetrievalBench bench = new RetrievalBench(samples.options());
    List<RetrievalRow> rows = new ArrayList<>();
    for (String kind : kinds) {
      List<RetrievalRow> some =
          bench.run(kind, items, shares, part -> console.progress("  " + kind + ": " + part));
      rows.addAll(some);
      console.println("");
      console.println(heading(some.get(0)));
      console.println(table(some));
    }
    samples.writeJson(KernelBench.loops(), rows);
    return 0;
  }

  private void check() {
    for (String kind : kinds) {
      if (!RetrievalBench.kinds().contains(kind)) {
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            "--rows must be of "
                + String.join(", ", RetrievalBench.kinds())
                + ", not \""
                + kind
                + "\"");
      }
    }
    for (double share : shares) {
      if (!(share >= 0 && share <= 1)) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "--shares must be from 0 to 1, not " + share);
      }
    }
  }

  private String heading(RetrievalRow row) {
    return String.format(
        Locale.ROOT,
        "%s %s rows; all of them: %.0f us a vector, %.0f each of 16 together; a put %.2f us",
        Text.count(items),
        row.rows(),
        row.exactMicros(),
        row.exactTogetherMicros(),
        row.exactPutMicros());
  }

  private static String table(List<RetrievalRow> rows) {
    TextTable table =
        new TextTable(
            "share", "recall@100", "CPU us", "faster", "of 16", "put us", "fill s", "memory");
    for (RetrievalRow row : rows) {
      table.add(
          List.of(
              Text.number(row.share()),
              Text.share(row.recall()),
              decimal("%.0f", row.micros()),
              decimal("%.1f", row.exactMicros() / row.micros()),
              decimal("%.1f", row.exactTogetherMicros() / row.micros()),
              decimal("%.2f", row.putMicros()),
              decimal("%.1f", row.fillSeconds()),
              decimal("%.2f", row.bytesPerByte())));
    }
    return table.render();
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
