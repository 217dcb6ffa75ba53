// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.broker.BrokerProcess;
import io.freshet.connect.replay.EventFile;
import io.freshet.connect.replay.EventProducer;
import io.freshet.connect.replay.Replay;
import io.freshet.eval.EvaluationReport;
import io.freshet.eval.EvaluationRow;
import io.freshet.eval.ProcessMemory;
import io.freshet.job.JobConfig;
import io.freshet.schema.CodebookDrift;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The job over a bounded stream, once for each seed, with the baselines beside it. */
final class StreamEvaluation {
  private final Console console;
  private final ConfigArguments arguments;
  private final RetrainArguments retraining;
  private final Path path;
  private final EventFile file;
  private final int seeds;
  private final int parallelism;
  private final Path picture;
  private final Interruption interruption = Interruption.install();

  /**
   * @param picture of the first seed's codebooks; null for none
   */
  StreamEvaluation(
      Console console,
      ConfigArguments arguments,
      RetrainArguments retraining,
      Path path,
      EventFile file,
      int seeds,
      int parallelism,
      Path picture) {
    this.console = console;
    this.arguments = arguments;
    this.retraining = retraining;
    this.path = path;
    this.file = file;
    this.seeds = seeds;
    this.parallelism = parallelism;
    this.picture = picture;
  }

  EvaluationReport run() throws Exception {
    EventFile.Summary summary = summary();
    Map<String, Object> configured = new LinkedHashMap<>();
    List<EvaluationRow> rows = new ArrayList<>();
    List<EvaluationRow> baselines = List.of();
    try (BrokerProcess broker = startBroker()) {
      for (int seed = 1; seed <= seeds; seed++) {
        List<String> settings = settings(broker, summary, seed);
        JobConfig config = arguments.check(settings).ready();
        if (seed == 1) {
          configured.putAll(arguments.options(settings).toMap());
          configured.remove("kafka.bootstrap.servers");
          baselines = produce(config, summary);
        }
        rows.add(freshet(config, summary, seed));
      }
      rows.addAll(baselines);
    }
    return new EvaluationReport(path.toString(), configured, rows, ProcessMemory.peakRssMb());
  }

  private BrokerProcess startBroker() throws IOException, InterruptedException {
    console.println("Starting a Kafka broker ...");
    return BrokerProcess.start();
  }

  private EventFile.Summary summary() throws IOException, CommandException {
    console.println("Reading " + path + " ...");
    EventFile.Summary summary =
        file.summarize(events -> console.progress(Text.count(events) + " events"));
    console.clearProgress();
    if (!summary.sorted()) {
      throw new CommandException(
          path + " is not sorted by time; sort it by timestamp, keeping the order of equal times");
    }
    console.println(
        Text.count(summary.events())
            + " events, "
            + Text.count(summary.users())
            + " users, "
            + Text.count(summary.items())
            + " items");
    Float scale = RatingScale.of(summary.largestRating());
    if (scale != null) {
      console.println(
          "The largest rating is "
              + Text.number(summary.largestRating())
              + ": taken as a scale to "
              + Text.number(scale)
              + " (else: --set events.rating.max=N)");
    }
    return summary;
  }

  /** The protocol; what the person sets comes after it. Each seed has topics of its own. */
  private List<String> settings(BrokerProcess broker, EventFile.Summary summary, int seed) {
    List<String> settings =
        RunProtocol.settings(
            broker.bootstrapServers(), Integer.toString(seed), seed, parallelism, lead());
    Float scale = RatingScale.of(summary.largestRating());
    if (scale != null) {
      settings.add("events.rating.max=" + scale);
    }
    return settings;
  }

  private Lead lead() {
    if (parallelism > 1) {
      return Lead.OF_LEARNERS;
    }
    return picture != null ? Lead.OF_BOOKS : Lead.ANY;
  }

  /** Fills the topic that every seed reads, and runs the baselines on the way. */
  private List<EvaluationRow> produce(JobConfig config, EventFile.Summary summary)
      throws IOException {
    EventProducer producer = new EventProducer(Clients.of(config), config.topics().interactions());
    interruption.onRequest(producer::stop);
    try (BaselineRows baselines =
        new BaselineRows(
            file.open(), config.events().types(), retraining.of(summary.events()), seeds)) {
      producer.send(
          baselines,
          Replay.flatOut(),
          sent ->
              console.progress(
                  "baselines, and sent to the job: %s of %s"
                      .formatted(Text.count(sent.sent()), Text.count(summary.events()))));
      return baselines.rows();
    } finally {
      console.clearProgress();
    }
  }

  private EvaluationRow freshet(JobConfig config, EventFile.Summary summary, int seed)
      throws Exception {
    BoundedRun run =
        new BoundedRun(console, interruption, config, lead()).run("seed " + seed, summary.events());
    List<List<CodebookDrift>> refits = run.refits().refits();
    if (!refits.isEmpty()) {
      console.println(Text.count(refits.size()) + " re-fits of the codebooks; the last of them:");
      for (CodebookDrift level : refits.get(refits.size() - 1)) {
        console.println(CodebookText.of(level));
      }
      if (picture != null && seed == 1) {
        CodebookPicture.of(path.getFileName().toString(), refits).write(picture);
      }
    }
    return run.windows().row(seed, run.cost());
  }
}
