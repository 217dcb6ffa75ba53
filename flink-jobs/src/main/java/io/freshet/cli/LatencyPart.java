// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.TopicReader;
import io.freshet.connect.broker.BrokerProcess;
import io.freshet.connect.replay.EventProducer;
import io.freshet.connect.replay.EventStream;
import io.freshet.connect.replay.Replay;
import io.freshet.job.CheckpointCounts;
import io.freshet.job.LocalCluster;
import io.freshet.job.LocalJob;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.RecommendationListJson;
import io.freshet.schema.RecordException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Sends events at a steady rate and takes the time from each, when it was due, to the moment when a
 * reader has the list that knows of it; all in all, and window by window where asked for.
 */
final class LatencyPart {
  private static final long LONGEST_MILLIS = 600_000;
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
  private static final Duration POLL = Duration.ofMillis(20);

  private final Console console;
  private final BrokerProcess broker;
  private final LocalCluster cluster;
  private final LocalJob job;
  private final TopicReader lists;
  private final int seconds;
  private final int windowSeconds;

  private final Histogram all = newHistogram();
  private final Yardstick yardstick;
  private CheckpointCounts before;
  private CpuSample cpu;
  private Histogram window = newHistogram();
  private long leastHeap = Long.MAX_VALUE;
  private final List<Map<String, Object>> windows = new ArrayList<>();

  /**
   * @param lists read up to what came before
   * @param windowSeconds 0 for no windows
   */
  LatencyPart(
      Console console,
      BrokerProcess broker,
      LocalCluster cluster,
      LocalJob job,
      TopicReader lists,
      int seconds,
      int windowSeconds) {
    this.console = console;
    this.broker = broker;
    this.cluster = cluster;
    this.job = job;
    this.lists = lists;
    this.seconds = seconds;
    this.windowSeconds = windowSeconds;
    yardstick = windowSeconds > 0 ? new Yardstick() : null; // it warms up for a second or more
  }

  private static Histogram newHistogram() {
    return new Histogram(LONGEST_MILLIS, 3);
  }

  /** Sends so many events a second and adds to the figures. */
  void run(BenchLoad load, EventProducer producer, double rate, Map<String, Object> figures)
      throws Exception {
    before = job.checkpoints();
    cpu = CpuSample.now(cluster.metrics(), broker);
    long start = System.currentTimeMillis();
    long countFrom = start + seconds * 1000L / 4;
    EventStream stream = load.live(rate, Math.round(rate * seconds));
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              try (stream) {
                producer.send(stream, Replay.live(), sent -> {});
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    long quietSince = System.nanoTime();
    while (!sending.isDone() || System.nanoTime() - quietSince < 1_000_000_000L) {
      for (ConsumerRecord<byte[], byte[]> record : lists.poll(POLL)) {
        quietSince = System.nanoTime();
        note(record, start, countFrom);
      }
      leastHeap = Math.min(leastHeap, MEMORY.getHeapMemoryUsage().getUsed());
      long passed = (System.currentTimeMillis() - start) / 1000;
      if (windowSeconds > 0 && passed >= (windows.size() + 1L) * windowSeconds) {
        endWindow((windows.size() + 1L) * windowSeconds);
      }
      if (job.isDone()) {
        throw new CommandException("the job ended by itself" + Console.logHint());
      }
    }
    sending.join();
    figures.put("latency_rate", rate);
    figures.put("latency_ms_p50", all.getValueAtPercentile(50));
    figures.put("latency_ms_p99", all.getValueAtPercentile(99));
    figures.put("latency_lists", all.getTotalCount());
    if (windowSeconds > 0) {
      figures.put("latency_windows", windows);
    }
    console.println(
        "  event to list at %s events a second: p50 %d ms, p99 %d ms (%s lists)"
            .formatted(
                Text.count(Math.round(rate)),
                all.getValueAtPercentile(50),
                all.getValueAtPercentile(99),
                Text.count(all.getTotalCount())));
  }

  private void note(ConsumerRecord<byte[], byte[]> record, long start, long countFrom)
      throws RecordException {
    RecommendationList list = RecommendationListJson.read(record.value());
    long millis =
        Math.min(LONGEST_MILLIS, Math.max(0, System.currentTimeMillis() - list.eventTime()));
    if (list.eventTime() >= start) {
      window.recordValue(millis);
    }
    if (list.eventTime() >= countFrom) {
      all.recordValue(millis);
    }
  }

  private void endWindow(long endSecond) throws Exception {
    CpuSample now = CpuSample.now(cluster.metrics(), broker);
    LatencyWindow ended =
        LatencyWindow.of(
            endSecond,
            window,
            now.byThread(cpu),
            yardstick.cpuMillis(),
            leastHeap,
            cluster,
            job.checkpoints().since(before));
    console.println(ended.line());
    windows.add(ended.figures());
    cpu = now;
    window = newHistogram();
    leastHeap = Long.MAX_VALUE;
  }
}
