// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.broker.BrokerProcess;
import io.freshet.connect.replay.EventFile;
import io.freshet.connect.replay.TrafficOptions;
import io.freshet.job.FreshetJob;
import io.freshet.job.JobConfig;
import io.freshet.job.KafkaEndpoints;
import io.freshet.job.LocalCluster;
import io.freshet.job.LocalJob;
import io.freshet.job.StartCheck;
import io.freshet.monitor.Monitor;
import io.freshet.monitor.MonitorPort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everything on this machine: a broker, Flink, traffic, and what comes of it. */
@Command(
    name = "demo",
    description =
        "Starts a Kafka broker and Flink on this machine, streams events through the job and shows"
            + " how the lists get better. Nothing is left behind.",
    footer = {
      "",
      "Without --events, the traffic is generated: users with planted tastes, which all swap after",
      "60 seconds. Watch the recommender notice.",
      "",
      "Examples:",
      "  freshet demo",
      "  freshet demo --duration 2min --rate 2000",
      "  freshet demo --events clicks.csv.zst --speed 3600",
      "  freshet demo --flat-out --set job.parallelism=1 --set web.port=0"
    })
final class DemoCommand implements Callable<Integer> {
  private static final double DEFAULT_RATE = 500;

  // Few enough that a user acts every two seconds: tastes show within the minute before they swap.
  private static final int USERS = 1000;
  private static final int ITEMS = 2000;
  private static final double FLAT_OUT_EVENT_TIME_RATE = 1000;
  private static final long DRIFT_AFTER_SECONDS = 60;
  private static final Duration PAST = Duration.ofDays(30);

  @Mixin private Console console;
  @Mixin private ConfigArguments arguments;
  @Mixin private DemoMonitor live;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      description = "Streams a file (CSV or JSON lines, .zst allowed) instead.")
  private Path events;

  @ArgGroup(exclusive = true)
  private Pace pace;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Ends after this time, say 2min; else with the file, or with Ctrl-C.")
  private Duration duration;

  @Option(
      names = "--drift-after",
      paramLabel = "N",
      description = "Generated events until all tastes swap; by default 60 seconds' worth.")
  private Long driftAfter;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the generated traffic (default ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures to a file.")
  private Path json;

  @Override
  public Integer call() throws Exception {
    Pace chosen = pace == null ? Pace.of(DEFAULT_RATE) : pace;
    EventFile.Summary summary = events == null ? null : summary();
    Interruption interruption = Interruption.install();
    console.println("Starting a Kafka broker ...");
    try (BrokerProcess broker = BrokerProcess.start()) {
      StartCheck check = arguments.check(settings(broker, summary, chosen));
      MonitorPort page = live.bind(check);
      try (page) {
        return run(check.ready(), page, summary, chosen, interruption);
      }
    }
  }

  private int run(
      JobConfig config,
      MonitorPort page,
      EventFile.Summary summary,
      Pace chosen,
      Interruption interruption)
      throws Exception {
    console.println("Starting Flink ...");
    try (LocalCluster cluster = Clusters.start(config);
        LocalJob job =
            cluster.submit(new FreshetJob(config, KafkaEndpoints.of(config, false))::addTo, null);
        Monitor monitor = DemoMonitor.start(page, config, cluster.metrics())) {
      DemoTraffic traffic =
          summary == null
              ? generated(chosen)
              : DemoTraffic.file(events, EventFile.at(events).open(), summary);
      introduce(config, cluster, monitor, traffic, chosen);
      DemoRun run =
          new DemoRun(console, config, cluster.metrics(), job, traffic, interruption, duration);
      DemoResult result = run.run(chosen.replay());
      result.print(console);
      if (json != null) {
        Json.write(json, result.figures());
      }
      return 0;
    }
  }

  private EventFile.Summary summary() throws IOException {
    console.println("Reading " + events + " ...");
    EventFile.Summary summary =
        EventFile.at(events).summarize(read -> console.progress(Text.count(read) + " events"));
    console.clearProgress();
    return summary;
  }

  private DemoTraffic generated(Pace chosen) {
    boolean live = chosen.rate() != null;
    double perSecond = live ? chosen.rate() : FLAT_OUT_EVENT_TIME_RATE;
    long drift = driftAfter != null ? driftAfter : Math.round(perSecond * DRIFT_AFTER_SECONDS);
    LongFunction<TrafficOptions> optionsAt =
        start ->
            TrafficOptions.startingAt(start)
                .withUsers(USERS)
                .withItems(ITEMS)
                .withEventsPerSecond(perSecond)
                .withSeed(seed)
                .withDriftAt(drift);
    LiveTraffic stream = new LiveTraffic(optionsAt, live ? 0 : PAST.toMillis());
    return DemoTraffic.generated(optionsAt.apply(0), stream);
  }

  // Test everything, in windows short enough to watch; the person's own --set comes after these.
  private static List<String> settings(BrokerProcess broker, EventFile.Summary summary, Pace pace) {
    List<String> settings = new ArrayList<>();
    settings.add("kafka.bootstrap.servers=" + broker.bootstrapServers());
    settings.add("quality.sample=1");
    settings.add("quality.window=1000");
    Float scale = summary == null ? null : RatingScale.of(summary.largestRating());
    if (scale != null) {
      settings.add("events.rating.max=" + scale);
    }
    if (summary != null && pace.isFlatOut()) {
      // A session of an hour comes within a millisecond: by size, one mini-step would hold all of
      // it
      // and test its last event with what was known before its first.
      settings.add("learner.batch.group-by-time=true");
    }
    return settings;
  }

  private void introduce(
      JobConfig config, LocalCluster cluster, Monitor monitor, DemoTraffic traffic, Pace chosen) {
    console.println("");
    console.println("Kafka         " + config.kafka().bootstrapServers());
    if (monitor != null) {
      console.println("Live page     " + monitor.address());
    }
    console.println("Flink's page  " + cluster.webAddress());
    console.println("Events        " + traffic.description() + ", " + chosen);
    console.println(
        "Another view  freshet watch recommendations --broker "
            + config.kafka().bootstrapServers());
    console.println("Ctrl-C ends it.");
    console.println("");
  }
}
