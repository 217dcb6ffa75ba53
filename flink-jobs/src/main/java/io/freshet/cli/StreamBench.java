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
import java.util.Locale;
import java.util.Map;

/** One run of the stream benchmark: flat out, then at half of the rate that was reached. */
final class StreamBench {
  private static final List<String> STAGES =
      List.of("state", "test", "graph", "learn", "codes", "rank", "publish");
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
      new LatencyPart(console, cluster, job, lists, latencySeconds, windowSeconds)
          .run(load, producer(), rate / 2, figures);
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
    CpuByThread cpu = CpuByThread.now();
    Map<String, Long> stages = stages(cluster);
    long brokerCpu = broker.cpuNanos();
    long lists = cluster.metrics().sum(MetricNames.LISTS);
    long from = cluster.metrics().sum(MetricNames.EVENTS);
    long start = System.nanoTime();
    awaitEvents(cluster, job, load.count());
    double seconds = (System.nanoTime() - start) / 1e9;
    long events = cluster.metrics().sum(MetricNames.EVENTS) - from;
    double rate = events / seconds;
    Map<String, Double> byThread = CpuByThread.now().microsPerEvent(cpu, events);
    byThread.put("broker process", (broker.cpuNanos() - brokerCpu) / 1e3 / events);
    Map<String, Double> byStage = new LinkedHashMap<>();
    stages(cluster)
        .forEach((stage, nanos) -> byStage.put(stage, (nanos - stages.get(stage)) / 1e3 / events));
    figures.put("events_per_second", rate);
    figures.put(
        "lists_per_event", (cluster.metrics().sum(MetricNames.LISTS) - lists) / (double) events);
    figures.put("cpu_us_by_thread", byThread);
    figures.put("cpu_us_by_learner_stage", byStage);
    console.println("  %s events a second flat out".formatted(Text.count(Math.round(rate))));
    print("  CPU microseconds per event", byThread);
    print("  of them in the learner", byStage);
    return rate;
  }

  private void print(String title, Map<String, Double> micros) {
    double total = micros.values().stream().mapToDouble(Double::doubleValue).sum();
    console.println(String.format(Locale.ROOT, "%-44s %8.1f", title, total));
    micros.forEach(
        (name, value) ->
            console.println(String.format(Locale.ROOT, "    %-40s %8.1f", name, value)));
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

  private static Map<String, Long> stages(LocalCluster cluster) {
    Map<String, Long> nanos = new LinkedHashMap<>();
    for (String stage : STAGES) {
      nanos.put(
          stage,
          cluster.metrics().sum(MetricNames.STAGE_CPU_PREFIX + stage + MetricNames.NANOS_SUFFIX));
    }
    return nanos;
  }
}
