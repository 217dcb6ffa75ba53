// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.replay.EventFile;
import io.freshet.eval.EvaluationReport;
import io.freshet.eval.ProcessMemory;
import io.freshet.eval.QualityTable;
import io.freshet.eval.split.SplitReport;
import io.freshet.eval.split.SplitTable;
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
    subcommands = EvaluateDriftCommand.class,
    footer = {
      "",
      "Examples:",
      "  freshet evaluate stream --events ratings.csv.zst --seeds 3",
      "  freshet evaluate drift --kind swap",
      "  freshet evaluate split --data DIR --encoder topkgat"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Console group;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Name what to evaluate on: stream, drift or split.");
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
      @Mixin RetrainArguments retraining,
      @Option(
              names = "--codebook-picture",
              paramLabel = "FILE",
              description =
                  "Draws what the codebooks did along the stream with the first seed; the name ends"
                      + " in .png or .svg.")
          Path picture,
      @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures to a file.")
          Path json)
      throws Exception {
    if (seeds < 1) {
      throw new CommandLine.ParameterException(
          spec.subcommands().get("stream"), "--seeds must be 1 or more, not " + seeds);
    }
    if (picture != null && !ChartFile.canWrite(picture)) {
      throw new CommandLine.ParameterException(
          spec.subcommands().get("stream"),
          "--codebook-picture must end in .png or .svg, not " + picture);
    }
    retraining.check();
    OutputFile.prepare(picture);
    EventFile file = EventFile.at(events);
    StreamEvaluation evaluation =
        new StreamEvaluation(
            console, arguments, retraining, events, file, seeds, parallelism, picture);
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

  @Command(
      name = "split",
      sortOptions = false,
      description =
          "Trains an encoder on files that were split into train, valid and test rows, by the"
              + " protocol of the papers.",
      footer = {
        "",
        "DIR holds train.txt, valid.txt and test.txt, \"user item\" a line, ids from 0. All items",
        "are ranked but the user's own of train.txt. Recall divides by the shorter of list and test",
        "rows, as the papers' code does. Ctrl-C ends with what is known so far.",
        "",
        "Examples:",
        "  freshet evaluate split --data Ali-Display --encoder topkgat",
        "  freshet evaluate split --data Ali-Display --encoder lightgcn --readout last --seeds 3",
        "  freshet evaluate split --data Ali-Display --encoder topkgat --save tables.jsonl.zst"
      })
  int split(
      @Mixin Console console,
      @Option(
              names = "--data",
              required = true,
              paramLabel = "DIR",
              description = "Directory of the three files.")
          Path data,
      @Mixin SplitArguments arguments,
      @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures to a file.")
          Path json,
      @Option(
              names = "--curve",
              paramLabel = "FILE",
              description = "Draws the learning curves; the name ends in .png or .svg.")
          Path curve,
      @Option(
              names = "--save",
              paramLabel = "FILE",
              description =
                  "Writes the tables of the best validation, for run --bootstrap; a name that ends"
                      + " in .zst is compressed.")
          Path save)
      throws Exception {
    arguments.check();
    if (curve != null && !ChartFile.canWrite(curve)) {
      throw new CommandLine.ParameterException(
          spec.subcommands().get("split"), "--curve must end in .png or .svg, not " + curve);
    }
    OutputFile.prepare(json);
    OutputFile.prepare(curve);
    OutputFile.prepare(save);
    SplitReport report = new SplitEvaluation(console, arguments, data, save).run();
    console.println("");
    console.println(SplitTable.render(report.rows()));
    if (json != null) {
      Json.write(json, report);
    }
    if (curve != null) {
      CurvePicture.of(report.rows()).write(curve);
    }
    return 0;
  }
}
