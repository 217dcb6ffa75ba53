// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.Topic;
import io.freshet.connect.TopicReader;
import io.freshet.connect.broker.BrokerProcess;
import io.freshet.connect.replay.EventFile;
import io.freshet.connect.replay.EventProducer;
import io.freshet.connect.replay.Replay;
import io.freshet.eval.EvaluationReport;
import io.freshet.eval.EvaluationRow;
import io.freshet.eval.ProcessMemory;
import io.freshet.job.Endpoints;
import io.freshet.job.FreshetJob;
import io.freshet.job.JobConfig;
import io.freshet.job.KafkaEndpoints;
import io.freshet.job.LocalCluster;
import io.freshet.job.LocalJob;
import io.freshet.schema.QualityWindow;
import io.freshet.schema.QualityWindowJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The job over a bounded stream, once for each seed, with the baselines beside it. */
final class StreamEvaluation {
  private static final Duration POLL = Duration.ofMillis(200);

  // Learners that are this close learn what one would; ten times as much costs a twentieth of the
  // hits.
  private static final int MOST_EVENTS_AHEAD = 300;

  private final Console console;
  private final ConfigArguments arguments;
  private final RetrainArguments retraining;
  private final Path path;
  private final EventFile file;
  private final int seeds;
  private final int parallelism;
  private final Interruption interruption = Interruption.install();

  StreamEvaluation(
      Console console,
      ConfigArguments arguments,
      RetrainArguments retraining,
      Path path,
      EventFile file,
      int seeds,
      int parallelism) {
    this.console = console;
    this.arguments = arguments;
    this.retraining = retraining;
    this.path = path;
    this.file = file;
    this.seeds = seeds;
    this.parallelism = parallelism;
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
    List<String> settings = new ArrayList<>();
    settings.add("kafka.bootstrap.servers=" + broker.bootstrapServers());
    settings.add("kafka.group.id=evaluation-" + seed);
    settings.add("topics.partitions=1");
    for (Topic topic : EnumSet.complementOf(EnumSet.of(Topic.INTERACTIONS))) {
      settings.add(topic.option() + "=evaluation." + seed + "." + topic.defaultName());
    }
    settings.add("job.parallelism=" + parallelism);
    if (parallelism > 1) {
      // The events wait for the rows, so the rows had better not wait.
      settings.add("merger.sync.interval=20 ms");
    }
    // Flat out, many events pass before a row is back; what they changed is not to be lost
    // meanwhile.
    settings.add("learner.pending.max-bytes=512 mb");
    settings.add("model.seed=" + seed);
    settings.add("learner.batch.group-by-time=true");
    settings.add("quality.sample=1");
    settings.add("quality.window=100");
    settings.add("source.out-of-orderness=0 ms");
    // A barrier ends the mini-step at hand, which would tear events of one moment apart.
    settings.add("checkpoint.interval=1 d");
    settings.add("web.port=0");
    Float scale = RatingScale.of(summary.largestRating());
    if (scale != null) {
      settings.add("events.rating.max=" + scale);
    }
    return settings;
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
    QualityRows windows = new QualityRows();
    try (LocalCluster cluster = Clusters.start(config);
        TopicReader feed = Reading.fromBeginning(config, config.topics().quality());
        LocalJob job =
            cluster.submit(new FreshetJob(config, endpoints(cluster, config))::addTo, null)) {
      JobProgress progress = new JobProgress(cluster.metrics());
      while (!windows.isComplete()) {
        if (interruption.isRequested()) {
          throw new CommandException("stopped before the end");
        }
        for (ConsumerRecord<byte[], byte[]> record : feed.poll(POLL)) {
          QualityWindow window = QualityWindowJson.read(record.value());
          windows.add(window);
        }
        // The model topic never ends, so neither does the job; where it failed, await throws.
        if (job.await(0)) {
          throw new CommandException("the job ended without a result" + Console.logHint());
        }
        console.progress(
            "seed " + seed + ": " + progress.line() + " of " + Text.count(summary.events()));
      }
      console.clearProgress();
      console.println("seed " + seed + ": " + progress.line());
      return windows.row(seed, StageCosts.of(cluster.metrics()));
    }
  }

  private Endpoints endpoints(LocalCluster cluster, JobConfig config) {
    Endpoints endpoints = KafkaEndpoints.of(config, true);
    return parallelism == 1 ? endpoints : cluster.heldBack(endpoints, MOST_EVENTS_AHEAD);
  }
}
