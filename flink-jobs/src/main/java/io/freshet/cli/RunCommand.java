// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.job.Checkpoints;
import io.freshet.job.FreshetJob;
import io.freshet.job.JobConfig;
import io.freshet.job.KafkaEndpoints;
import io.freshet.job.LocalCluster;
import io.freshet.job.LocalJob;
import io.freshet.job.StartCheck;
import io.freshet.operator.MetricNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the job in this process, against a Kafka that is there. */
@Command(
    name = "run",
    description = "Runs the job in this process against your Kafka, until Ctrl-C.",
    footer = {
      "",
      "Missing topics are created (topics.create). With checkpoint.dir, Ctrl-C leaves a savepoint",
      "there, and --from latest goes on from it.",
      "",
      "Examples:",
      "  freshet run --config freshet.yaml",
      "  freshet run --config freshet.yaml --from latest",
      "  freshet run --config freshet.yaml --bootstrap tables.jsonl.zst",
      "  freshet run --config freshet.yaml --history 2025.csv.zst,2026.csv",
      "  freshet run --broker 127.0.0.1:9092 --set lists.size=10"
    })
final class RunCommand implements Callable<Integer> {
  private static final String LATEST = "latest";
  private static final long REPORT_MILLIS = 1000;

  @Mixin private Console console;
  @Mixin private JobArguments arguments;

  @Option(
      names = "--from",
      paramLabel = "CHECKPOINT",
      description = "The checkpoint or savepoint to go on from: its path, or '" + LATEST + "'.")
  private String from;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures to a file.")
  private Path json;

  @Override
  public Integer call() throws Exception {
    StartCheck check = arguments.check();
    String start = start(check);
    JobConfig config = check.ready();
    Interruption interruption = Interruption.install();
    long past = start == null ? history(config, interruption) : 0;
    try (LocalCluster cluster = Clusters.start(config);
        LocalJob job =
            cluster.submit(
                new FreshetJob(config, KafkaEndpoints.of(config, false))::addTo, start)) {
      console.println("Flink's page: " + cluster.webAddress());
      console.println(
          "Learning from " + config.topics().interactions() + "; Ctrl-C stops it cleanly.");
      if (start != null) {
        console.println(
            "Going on from "
                + start
                + (config.events().history().isEmpty()
                    ? "."
                    : ", and with what that says of a history; --history is for a job that starts anew."));
      }
      JobProgress progress = new JobProgress(cluster.metrics(), past);
      while (!interruption.await(REPORT_MILLIS)) {
        if (job.await(0)) {
          throw new CommandException(
              "the job ended by itself; see Flink's log" + Console.logHint());
        }
        console.progress(progress.line());
      }
      console.clearProgress();
      console.println("Stopping ...");
      String savepoint = job.stop();
      console.println(progress.line());
      console.println(
          savepoint == null
              ? "Stopped. Without checkpoint.dir the next run starts anew."
              : "Stopped. State: " + savepoint + "; go on with --from " + LATEST);
      if (json != null) {
        Json.write(json, figures(cluster, progress.elapsed(), savepoint));
      }
    }
    return 0;
  }

  private long history(JobConfig config, Interruption interruption)
      throws IOException, CommandException {
    long records = 0;
    for (String file : config.events().history()) {
      records +=
          new HistoryCheck(console, interruption, KafkaEndpoints.checks(config), Path.of(file))
              .run();
    }
    return records;
  }

  private String start(StartCheck check) throws IOException {
    if (!LATEST.equals(from)) {
      return from;
    }
    String directory = check.config().runtime().checkpointDir();
    if (directory == null) {
      check.fault("--from latest needs checkpoint.dir; set it, or name a path");
      return null;
    }
    Path latest = Checkpoints.latest(directory);
    if (latest == null) {
      check.fault("there is no complete checkpoint in " + directory + "; start without --from");
      return null;
    }
    return latest.toString();
  }

  private static Map<String, Object> figures(
      LocalCluster cluster, Duration elapsed, String savepoint) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("seconds", elapsed.toNanos() / 1e9);
    for (String name :
        new String[] {MetricNames.EVENTS, MetricNames.LISTS, MetricNames.DEAD_LETTERS}) {
      figures.put(name, cluster.metrics().sum(name));
    }
    figures.put("savepoint", savepoint);
    return figures;
  }
}
