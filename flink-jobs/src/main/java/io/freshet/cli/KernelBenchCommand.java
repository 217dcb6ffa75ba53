// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.bench.Floor;
import io.freshet.bench.KernelBench;
import io.freshet.bench.KernelRow;
import io.freshet.eval.TextTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times the kernels. */
@Command(
    name = "kernels",
    description =
        "Measures each kernel on generated graphs, beside the least time that this machine could"
            + " take for it.",
    footer = {
      "",
      "The floor is reckoned from rates of the same run: of copying a table, of reading the rows",
      "that a kernel gathers, in its order, and adding them up, and of a dense product in cache. It",
      "and the ratio are in processor time of all threads, so they hold while other processes use",
      "the machine; the times by the clock on the wall do not.",
      "",
      "Examples:",
      "  freshet bench kernels",
      "  freshet bench kernels --edges 121k --threads 1 --dims 16,64,128 --json figures.json",
      "  FRESHET_HEAP=3g freshet bench kernels --edges 12m"
    })
final class KernelBenchCommand implements Callable<Integer> {
  @Mixin private Console console;
  @Mixin private BenchArguments arguments;

  @Option(
      names = "--dims",
      split = ",",
      paramLabel = "D",
      description = "Values per row (default ${DEFAULT-VALUE}).",
      defaultValue = "64")
  private List<Integer> dims;

  private record Run(int edges, int dim, int threads, Floor floor, List<KernelRow> kernels) {}

  @Override
  public Integer call() throws Exception {
    KernelBench bench = new KernelBench(arguments.samples().options());
    List<Integer> threads = arguments.threads();
    arguments.samples().positive("--dims", dims);
    int most = Collections.max(arguments.edges());
    int widest = Collections.max(dims);
    SampleArguments.requireHeap(
        BenchArguments.title(most, widest, 1), KernelBench.bytes(most, widest));
    console.println("Kernels: " + KernelBench.loops());
    List<Run> runs = new ArrayList<>();
    for (int edges : arguments.edges()) {
      for (int dim : dims) {
        for (int count : threads) {
          String title = BenchArguments.title(edges, dim, count);
          KernelBench.Result result =
              bench.run(edges, dim, count, part -> console.progress("  " + title + ": " + part));
          runs.add(new Run(edges, dim, count, result.floor(), result.rows()));
          console.println("");
          console.println(title);
          console.println(FloorText.of(result.floor()));
          console.println(table(result.rows()));
        }
      }
    }
    arguments.samples().writeJson(KernelBench.loops(), runs);
    return 0;
  }

  private static String table(List<KernelRow> rows) {
    TextTable table =
        new TextTable(
            "kernel",
            "best ms",
            "median ms",
            "CPU ms",
            "floor ms",
            "ratio",
            "ns each",
            "of",
            "rate");
    for (KernelRow row : rows) {
      table.add(
          List.of(
              row.kernel(),
              millis(row.time().bestMillis()),
              millis(row.time().medianMillis()),
              millis(row.time().cpuMillis()),
              millis(row.floorMillis()),
              String.format(Locale.ROOT, "%.2f", row.ratio()),
              String.format(Locale.ROOT, "%.1f", row.nanosPerUnit()),
              row.unit(),
              String.format(Locale.ROOT, "%.1f %s", row.rate(), row.dense() ? "GFLOP/s" : "GB/s")));
    }
    return table.render();
  }

  private static String millis(double millis) {
    return String.format(Locale.ROOT, millis < 1 ? "%.3f" : "%.2f", millis);
  }
}
