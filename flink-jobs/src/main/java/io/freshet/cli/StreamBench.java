// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.Topic;
import io.freshet.connect.TopicReader;
import io.freshet.connect.broker.BrokerProcess;
import io.freshet.connect.replay.EventProducer;
import io.freshet.connect.replay.EventStream;
import io.freshet.connect.replay.Replay;
import io.freshet.eval.ProcessMemory;
import io.freshet.job.FreshetJob;
import io.freshet.job.JobConfig;
import io.freshet.job.KafkaEndpoints;
import io.freshet.job.LocalCluster;
import io.freshet.job.LocalJob;
import io.freshet.operator.MetricNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run of the stream benchmark: flat out, then at half of the rate that was reached. */
final class StreamBench {
  private static final double WARM_UP_SHARE = 0.2;

  private final Console console;
  private final BrokerProcess broker;
  private final BenchLoad load;
  private final int parallelism;
  private final int latencySeconds;
  private final int windowSeconds;
  private final JobConfig config;

  StreamBench(
      Console console,
      ConfigArguments arguments,
      BrokerProcess broker,
      BenchLoad load,
      int parallelism,
      int run,
      int latencySeconds,
      int windowSeconds) {
    this.console = console;
    this.broker = broker;
    this.load = load;
    this.parallelism = parallelism;
    this.latencySeconds = latencySeconds;
    this.windowSeconds = windowSeconds;
    config = arguments.check(settings(run)).ready();
  }

  private List<String> settings(int run) {
    List<String> settings = new ArrayList<>();
    settings.add("kafka.bootstrap.servers=" + broker.bootstrapServers());
    settings.add("kafka.group.id=bench-" + run);
    for (Topic topic : Topic.values()) {
      settings.add(topic.option() + "=bench." + run + "." + topic.defaultName());
    }
    settings.add("job.parallelism=" + parallelism);
    settings.add("topics.partitions=" + 2 * parallelism);
    settings.add("web.port=0");
    if (load.ratingScale() != null) {
      settings.add("events.rating.max=" + load.ratingScale());
    }
    return settings;
  }

  Map<String, Object> run() throws Exception {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("parallelism", parallelism);
    console.println("");
    console.println("Parallelism " + parallelism + ": " + load.description());
    try (EventStream stream = load.flatOut()) {
      producer().send(stream, Replay.flatOut(), sent -> {});
    }
    try (LocalCluster cluster = Clusters.start(config);
        TopicReader lists = Reading.fromBeginning(config, config.topics().recommendations());
        LocalJob job =
            cluster.submit(new FreshetJob(config, KafkaEndpoints.of(config, false))::addTo, null)) {
      double rate = flatOut(cluster, job, figures);
      while (lists.poll(Duration.ofMillis(200)).iterator().hasNext()) {
        // Lists of the flat-out part have no latency to speak of.
      }
      CpuSample quiet = CpuSample.now(cluster.metrics(), broker);
      new LatencyPart(console, broker, cluster, job, lists, latencySeconds, windowSeconds)
          .run(load, producer(), rate / 2, figures);
      CpuSample.now(cluster.metrics(), broker).report(quiet, "_live", console, figures);
    }
    figures.put("peak_rss_mb", ProcessMemory.peakRssMb());
    console.println(
        "  peak memory of the process " + Math.round(ProcessMemory.peakRssMb()) + " MiB");
    return figures;
  }

  private EventProducer producer() {
    return new EventProducer(Clients.of(config), config.topics().interactions());
  }

  private double flatOut(LocalCluster cluster, LocalJob job, Map<String, Object> figures)
      throws Exception {
    long warm = Math.round(load.count() * WARM_UP_SHARE);
    awaitEvents(cluster, job, warm);
    CpuSample warmed = CpuSample.now(cluster.metrics(), broker);
    long lists = cluster.metrics().sum(MetricNames.LISTS);
    long start = System.nanoTime();
    awaitEvents(cluster, job, load.count());
    double seconds = (System.nanoTime() - start) / 1e9;
    CpuSample done = CpuSample.now(cluster.metrics(), broker);
    long events = done.eventsSince(warmed);
    double rate = events / seconds;
    figures.put("events_per_second", rate);
    figures.put(
        "lists_per_event", (cluster.metrics().sum(MetricNames.LISTS) - lists) / (double) events);
    long rowsLagMillis = (long) cluster.metrics().max(MetricNames.ROWS_LAG_MILLIS);
    figures.put("rows_lag_ms", rowsLagMillis);
    console.println(
        "  %s events a second flat out, at the end of which rows are back in %s ms"
            .formatted(Text.count(Math.round(rate)), Text.count(rowsLagMillis)));
    done.report(warmed, "", console, figures);
    return rate;
  }

  private void awaitEvents(LocalCluster cluster, LocalJob job, long events) throws Exception {
    while (taken(cluster) < events) {
      if (job.await(20)) {
        throw new CommandException("the job ended by itself" + Console.logHint());
      }
      console.progress("  " + Text.count(taken(cluster)) + " of " + Text.count(load.count()));
    }
    console.clearProgress();
  }

  private static long taken(LocalCluster cluster) {
    return cluster.metrics().sum(MetricNames.EVENTS)
        + cluster.metrics().sum(MetricNames.EVENTS_DUPLICATE)
        + cluster.metrics().sum(MetricNames.DEAD_LETTERS);
  }
}
