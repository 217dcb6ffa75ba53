// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.broker.BrokerProcess;
import io.freshet.connect.replay.EventFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Benchmarks. */
@Command(
    name = "bench",
    description = "Measures speed.",
    subcommands = {
      KernelBenchCommand.class,
      EncoderBenchCommand.class,
      ListBenchCommand.class,
      RetrievalBenchCommand.class,
      MemoryBenchCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  freshet bench stream --parallelism 1 --parallelism 2",
      "  freshet bench kernels",
      "  freshet bench encoders --encoders topkgat --edges 121k",
      "  freshet bench lists --items 10k",
      "  freshet bench retrieval --items 100k",
      "  freshet bench memory"
    })
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Console group;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Name what to measure: stream, kernels, encoders, lists, retrieval or memory.");
  }

  @Command(
      name = "stream",
      description =
          "Measures the job from topic to topic: events per second flat out, CPU by stage, and the"
              + " time from an event to its list at half of that rate.",
      footer = {
        "",
        "Broker, job and load share this machine. The events of the flat-out part are in the topic",
        "before the job starts; its first fifth warms the JVM up and is not counted.",
        "",
        "Examples:",
        "  freshet bench stream",
        "  freshet bench stream --events ratings.csv.zst --json figures.json",
        "  freshet bench stream --items 100000 --count 1000000 --parallelism 2",
        "  freshet bench stream --parallelism 1 --latency-seconds 1800 --window-seconds 60"
      })
  int stream(
      @Mixin Console console,
      @Mixin ConfigArguments arguments,
      @Option(
              names = "--events",
              paramLabel = "FILE",
              description = "Events of the flat-out part; generated ones without it.")
          Path events,
      @Option(
              names = "--count",
              paramLabel = "N",
              description = "Generated events (default ${DEFAULT-VALUE}).",
              defaultValue = "300000")
          int count,
      @Option(
              names = "--users",
              paramLabel = "N",
              description = "Generated users (default ${DEFAULT-VALUE}).",
              defaultValue = "5000")
          int users,
      @Option(
              names = "--items",
              paramLabel = "N",
              description = "Generated items (default ${DEFAULT-VALUE}).",
              defaultValue = "10000")
          int items,
      @Option(
              names = "--parallelism",
              paramLabel = "P",
              description = "Learners; may be repeated (default 1 and 2).")
          List<Integer> parallelisms,
      @Option(
              names = "--latency-seconds",
              paramLabel = "S",
              description = "Length of the latency part (default ${DEFAULT-VALUE}).",
              defaultValue = "20")
          int latencySeconds,
      @Option(
              names = "--window-seconds",
              paramLabel = "S",
              description =
                  "Latencies, CPU, memory and checkpoints every so often in that part, for long"
                      + " runs; 0 for none (default ${DEFAULT-VALUE}).",
              defaultValue = "0")
          int windowSeconds,
      @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures to a file.")
          Path json)
      throws Exception {
    BenchLoad load =
        events == null
            ? BenchLoad.generated(users, items, count)
            : BenchLoad.file(EventFile.at(events), users, items);
    List<Map<String, Object>> figures = new ArrayList<>();
    console.println("Starting a Kafka broker ...");
    try (BrokerProcess broker = BrokerProcess.start()) {
      int run = 0;
      for (int parallelism : parallelisms == null ? List.of(1, 2) : parallelisms) {
        run++;
        StreamBench bench =
            new StreamBench(
                console, arguments, broker, load, parallelism, run, latencySeconds, windowSeconds);
        figures.add(bench.run());
      }
    }
    if (json != null) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("load", load.description());
      report.put("runs", figures);
      Json.write(json, report);
    }
    return 0;
  }
}
