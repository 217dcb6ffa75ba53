// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.bench.BenchOptions;
import io.freshet.bench.Heap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How carefully a benchmark measures, and where its figures go. */
final class SampleArguments {
  private static final double MIB = 1 << 20;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Timings of which the best is taken (default ${DEFAULT-VALUE}).",
      defaultValue = "21")
  private int samples;

  @Option(
      names = "--warm-up",
      paramLabel = "MS",
      description = "Least processor time of a warm-up (default ${DEFAULT-VALUE}).",
      defaultValue = "300")
  private int warmUpMillis;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of what is generated (default ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures to a file.")
  private Path json;

  BenchOptions options() {
    return new BenchOptions(positive("--samples", List.of(samples)).get(0), warmUpMillis, seed);
  }

  List<Integer> positive(String option, List<Integer> values) {
    for (int value : values) {
      if (value < 1) {
        throw new CommandLine.ParameterException(
            mixee.commandLine(), option + " must be 1 or more, not " + value);
      }
    }
    return values;
  }

  /**
   * Refuses what the heap does not hold before anything has been measured.
   *
   * @param bytes of the arrays of a run
   */
  static void requireHeap(String run, double bytes) throws CommandException {
    long needed = Heap.needed(bytes);
    if (needed > Heap.limit()) {
      throw new CommandException(
          "%s needs a heap of %s MiB and may use %s; run it with FRESHET_HEAP=%sm"
              .formatted(
                  run,
                  Text.count((long) Math.ceil(needed / MIB)),
                  Text.count((long) (Heap.limit() / MIB)),
                  (long) Math.ceil(needed / MIB)));
    }
  }

  void writeJson(String loops, List<?> runs) throws IOException {
    if (json != null) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("loops", loops);
      report.put("processors", Runtime.getRuntime().availableProcessors());
      report.put("java", Runtime.version().toString());
      report.put("runs", runs);
      Json.write(json, report);
    }
  }
}
