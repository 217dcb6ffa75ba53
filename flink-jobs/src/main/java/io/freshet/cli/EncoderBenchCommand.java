// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.bench.EncoderBench;
import io.freshet.bench.EncoderRow;
import io.freshet.bench.Floor;
import io.freshet.bench.KernelBench;
import io.freshet.eval.TextTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times the training of encoders. */
@Command(
    name = "encoders",
    description =
        "Measures one training epoch of each encoder on generated graphs: forward, backward and"
            + " step over all edges at once.",
    footer = {
      "",
      "The floor counts the kernels that the epoch calls, at the rates that this machine reached in",
      "the same run; it and the ratio are in processor time of all threads. What graph and trainer",
      "say they hold is compared with what the heap grew by; a difference above a tenth fails the",
      "run.",
      "",
      "Examples:",
      "  freshet bench encoders",
      "  freshet bench encoders --encoders topkgat --edges 121k --threads 1 --json figures.json",
      "  FRESHET_HEAP=12g freshet bench encoders --edges 12m --samples 3"
    })
final class EncoderBenchCommand implements Callable<Integer> {
  private static final int DIM = 64;
  private static final double MIB = 1 << 20;

  @Spec private CommandSpec spec;
  @Mixin private Console console;
  @Mixin private BenchArguments arguments;

  @Option(
      names = "--encoders",
      split = ",",
      paramLabel = "NAME",
      description = "Encoders to train (default all: ${COMPLETION-CANDIDATES}).",
      completionCandidates = Names.class)
  private List<String> encoders = List.copyOf(EncoderBench.names());

  @Option(
      names = "--dim",
      paramLabel = "D",
      description = "Values per row (default ${DEFAULT-VALUE}).",
      defaultValue = "" + DIM)
  private int dim;

  private record Run(int edges, int threads, Floor floor, List<EncoderRow> encoders) {}

  /** What can be named, for the help. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return EncoderBench.names().iterator();
    }
  }

  @Override
  public Integer call() throws Exception {
    arguments.samples().positive("--dim", List.of(dim));
    List<Integer> threads = arguments.threads();
    EncoderBench bench = new EncoderBench(arguments.samples().options(), dim);
    for (String encoder : encoders) {
      if (!EncoderBench.names().contains(encoder)) {
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            "no encoder is named \"" + encoder + "\"; there are " + EncoderBench.names());
      }
    }
    requireHeap(bench);
    console.println("Kernels: " + KernelBench.loops());
    List<Run> runs = new ArrayList<>();
    for (int edges : arguments.edges()) {
      for (int count : threads) {
        runs.add(run(bench, edges, count));
      }
    }
    arguments.samples().writeJson(KernelBench.loops(), runs);
    List<String> wrong =
        runs.stream()
            .flatMap(run -> run.encoders().stream())
            .filter(row -> !row.bytesAgree())
            .map(row -> row.encoder() + " with " + Text.count(row.edges()) + " edges")
            .distinct()
            .toList();
    if (!wrong.isEmpty()) {
      throw new CommandException(
          "the heap grew by a tenth more or less than was counted for " + String.join(", ", wrong));
    }
    return 0;
  }

  private void requireHeap(EncoderBench bench) throws CommandException {
    int edges = Collections.max(arguments.edges());
    String largest =
        Collections.max(encoders, Comparator.comparing(name -> bench.bytes(name, edges)));
    SampleArguments.requireHeap(
        largest + " with " + Text.count(edges) + " edges", bench.bytes(largest, edges));
  }

  private Run run(EncoderBench bench, int edges, int threads) {
    String title = BenchArguments.title(edges, dim, threads);
    console.progress("  " + title + ": rates of the machine");
    Floor floor = bench.floor(edges, threads);
    List<EncoderRow> rows = new ArrayList<>();
    for (String encoder : encoders) {
      String of = "  " + title + ": " + encoder + ", ";
      rows.add(bench.run(encoder, edges, threads, floor, part -> console.progress(of + part)));
    }
    console.println("");
    console.println(title);
    console.println(FloorText.of(floor));
    console.println(table(rows));
    return new Run(edges, threads, floor, rows);
  }

  private static String table(List<EncoderRow> rows) {
    TextTable table =
        new TextTable(
            "encoder",
            "layers",
            "best ms",
            "median ms",
            "CPU ms",
            "floor ms",
            "ratio",
            "in kernels",
            "ns/edge/layer",
            "MiB",
            "heap MiB",
            "bytes/edge",
            "bytes/node");
    for (EncoderRow row : rows) {
      table.add(
          List.of(
              row.encoder(),
              Integer.toString(row.layers()),
              decimals(1, row.epoch().bestMillis()),
              decimals(1, row.epoch().medianMillis()),
              decimals(1, row.epoch().cpuMillis()),
              decimals(1, row.floorMillis()),
              decimals(2, row.ratio()),
              Math.round(100 * row.kernelShare()) + "%",
              decimals(1, row.nanosPerEdgeAndLayer()),
              decimals(1, row.countedBytes() / MIB),
              decimals(1, row.heapBytes() / MIB) + (row.bytesAgree() ? "" : " differs"),
              decimals(0, row.footprint().bytesPerEdge()),
              decimals(0, row.footprint().bytesPerNode())));
    }
    return table.render();
  }

  private static String decimals(int decimals, double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
