// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.bench.KernelBench;
import io.freshet.bench.ListBench;
import io.freshet.bench.ListRow;
import io.freshet.eval.TextTable;
import io.freshet.model.Retrieval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times lists. */
@Command(
    name = "lists",
    description =
        "Measures what one user's list costs over generated catalogues, by the number of items that"
            + " the user has taken.",
    footer = {
      "",
      "Items are taken by a power law; the popular ones have companions. The floor is reading the",
      "rows of all items once for the users served at once, at the speed of copying them in the",
      "same run. CPU, floor and ratio are in processor time; the parts of a list are medians by the",
      "clock on the wall, and grow when other processes use the machine.",
      "",
      "Examples:",
      "  freshet bench lists",
      "  freshet bench lists --items 10k --degrees 100 --at-once 1,8,64 --json figures.json",
      "  FRESHET_HEAP=4g freshet bench lists --items 1m"
    })
final class ListBenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Console console;
  @Mixin private SampleArguments samples;

  @Option(
      names = "--items",
      split = ",",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "Sizes of the catalogue (default ${DEFAULT-VALUE}).",
      defaultValue = "10k,100k")
  private List<Integer> items;

  @Option(
      names = "--degrees",
      split = ",",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "Items that a user has taken (default ${DEFAULT-VALUE}).",
      defaultValue = "10,100,1000")
  private List<Integer> degrees;

  @Option(
      names = "--at-once",
      split = ",",
      paramLabel = "N",
      description = "Users whose lists are made together (default ${DEFAULT-VALUE}).",
      defaultValue = "1,16")
  private List<Integer> atOnce;

  @Option(
      names = "--exact-up-to",
      paramLabel = "N",
      converter = CountConverter.class,
      description =
          "Items up to which the embedding scores every one, as retrieval.exact-up-to says (default"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "200k")
  private int exactUpTo;

  private record Run(int items, double copyGigabytes, Retrieval retrieval, List<ListRow> lists) {}

  @Override
  public Integer call() throws Exception {
    samples.positive("--at-once", atOnce);
    if (2L * Collections.max(degrees) > Collections.min(items)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--degrees may be half of --items at most");
    }
    ListBench bench = new ListBench(samples.options(), exactUpTo);
    int most = Collections.max(items);
    SampleArguments.requireHeap(Text.count(most) + " items", ListBench.bytes(most));
    console.println("Kernels: " + KernelBench.loops());
    List<Run> runs = new ArrayList<>();
    for (int count : items) {
      String title = Text.count(count) + " items";
      ListBench.Result result =
          bench.run(count, degrees, atOnce, part -> console.progress("  " + title + ": " + part));
      runs.add(new Run(count, result.copyGigabytes(), result.retrieval(), result.rows()));
      console.println("");
      console.println(
          String.format(
              Locale.ROOT,
              "%s, copied at %.1f GB/s; %s",
              title,
              result.copyGigabytes(),
              scores(result.retrieval())));
      console.println(table(result.rows()));
    }
    samples.writeJson(KernelBench.loops(), runs);
    return 0;
  }

  private static String scores(Retrieval retrieval) {
    return retrieval.pruned()
        ? Text.count(retrieval.rowsPerList())
            + " scored for a list, recall@100 "
            + Text.share(retrieval.recall())
        : "all scored";
  }

  private static String table(List<ListRow> rows) {
    TextTable table =
        new TextTable(
            "degree",
            "at once",
            "CPU us",
            "floor us",
            "ratio",
            "scores",
            "gather",
            "features",
            "network",
            "pick");
    for (ListRow row : rows) {
      table.add(
          List.of(
              Text.count(row.degree()),
              Text.count(row.atOnce()),
              micros(row.micros()),
              micros(row.floorMicros()),
              String.format(Locale.ROOT, "%.2f", row.ratio()),
              micros(row.scores()),
              micros(row.gather()),
              micros(row.features()),
              micros(row.network()),
              micros(row.pick())));
    }
    return table.render();
  }

  private static String micros(double micros) {
    return String.format(Locale.ROOT, "%.1f", micros);
  }
}
