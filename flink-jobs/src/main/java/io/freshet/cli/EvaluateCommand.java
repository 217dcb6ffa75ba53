// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.replay.EventFile;
import io.freshet.eval.EvaluationReport;
import io.freshet.eval.ProcessMemory;
import io.freshet.eval.QualityTable;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Evaluations. */
@Command(
    name = "evaluate",
    description = "Measures quality.",
    footer = {"", "Example:", "  freshet evaluate stream --events ratings.csv.zst --seeds 3"})
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Console group;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Name what to evaluate on: stream.");
  }

  @Command(
      name = "stream",
      description =
          "Runs the job itself over a file, each event tested before it is learned, beside the"
              + " baselines.",
      footer = {
        "",
        "The file must be sorted by time; events of one time are all tested before any of them is",
        "learned. A positive is tested when it is the user's first with that item; ranked is every",
        "item seen so far but the user's own. The scale of ratings is taken from the largest one,",
        "unless --set events.rating.max says otherwise.",
        "",
        "Examples:",
        "  freshet evaluate stream --events ratings.csv.zst",
        "  freshet evaluate stream --events clicks.jsonl --seeds 3 --json figures.json"
      })
  int stream(
      @Mixin Console console,
      @Mixin ConfigArguments arguments,
      @Option(names = "--events", required = true, paramLabel = "FILE", description = "Event file.")
          Path events,
      @Option(
              names = "--seeds",
              paramLabel = "N",
              description = "Runs with seeds 1 to N (default ${DEFAULT-VALUE}).",
              defaultValue = "1")
          int seeds,
      @Option(
              names = "--parallelism",
              paramLabel = "P",
              description = "Learners (default ${DEFAULT-VALUE}).",
              defaultValue = "1")
          int parallelism,
      @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures to a file.")
          Path json)
      throws Exception {
    if (seeds < 1) {
      throw new CommandLine.ParameterException(
          spec.subcommands().get("stream"), "--seeds must be 1 or more, not " + seeds);
    }
    EventFile file = EventFile.at(events);
    StreamEvaluation evaluation =
        new StreamEvaluation(console, arguments, events, file, seeds, parallelism);
    EvaluationReport report = evaluation.run();
    console.println("");
    console.println(QualityTable.render(report.rows()));
    Double peak = ProcessMemory.peakRssMb();
    if (peak != null) {
      console.println("Peak memory of the process: " + Text.count(Math.round(peak)) + " MiB");
    }
    if (json != null) {
      Json.write(json, report);
    }
    return 0;
  }
}
