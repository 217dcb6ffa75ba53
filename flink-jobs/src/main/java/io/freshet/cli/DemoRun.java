// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.TopicReader;
import io.freshet.connect.replay.EventProducer;
import io.freshet.connect.replay.EventStream;
import io.freshet.connect.replay.Replay;
import io.freshet.job.JobConfig;
import io.freshet.job.JobFailedException;
import io.freshet.job.LocalJob;
import io.freshet.job.LocalMetrics;
import io.freshet.schema.QualityWindow;
import io.freshet.schema.QualityWindowJson;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.RecommendationListJson;
import io.freshet.schema.RecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The running part of a demo: sends, watches the topics, and says what happens. */
final class DemoRun {
  private static final int FOLLOWED_USERS = 3;
  private static final int SHOWN_ITEMS = 8;
  private static final long LIST_EVERY_NANOS = 5_000_000_000L;
  private static final long SETTLE_NANOS = 2_000_000_000L;
  private static final Duration POLL = Duration.ofMillis(100);

  private final Console console;
  private final JobConfig config;
  private final LocalMetrics metrics;
  private final LocalJob job;
  private final DemoTraffic traffic;
  private final Interruption interruption;
  private final Duration duration;
  private final JobProgress progress;
  private final DemoQuality quality;
  private final Backlog backlog;
  private final Set<String> followed = new HashSet<>();
  private RecommendationList latest;
  private long listShownAt = System.nanoTime();
  private boolean driftShown;

  DemoRun(
      Console console,
      JobConfig config,
      LocalMetrics metrics,
      LocalJob job,
      DemoTraffic traffic,
      Interruption interruption,
      Duration duration)
      throws CommandException {
    this.console = console;
    this.config = config;
    this.metrics = metrics;
    this.job = job;
    this.traffic = traffic;
    this.interruption = interruption;
    this.duration = duration;
    progress = new JobProgress(metrics);
    quality = new DemoQuality(traffic.driftTime());
    backlog = new Backlog(config, metrics);
  }

  DemoResult run(Replay replay) throws Exception {
    EventProducer producer = new EventProducer(Clients.of(config), config.topics().interactions());
    CompletableFuture<EventProducer.Totals> sending = send(producer, replay);
    try (TopicReader lists = Reading.fromBeginning(config, config.topics().recommendations());
        TopicReader windows = Reading.fromBeginning(config, config.topics().quality())) {
      while (!isOver(sending)) {
        readLists(lists);
        readWindows(windows);
        console.progress(line());
        if (job.await(0)) {
          throw new CommandException("the job ended by itself" + Console.logHint());
        }
      }
      readWindows(windows);
    } finally {
      console.clearProgress();
      producer.stop();
      backlog.close();
    }
    EventProducer.Totals totals = totals(sending);
    return new DemoResult(config, totals, metrics, progress.elapsed(), quality);
  }

  private CompletableFuture<EventProducer.Totals> send(EventProducer producer, Replay replay) {
    CompletableFuture<EventProducer.Totals> sending = new CompletableFuture<>();
    Thread sender =
        new Thread(
            () -> {
              try (EventStream stream = traffic.stream()) {
                sending.complete(producer.send(stream, replay, sent -> {}));
              } catch (IOException | RuntimeException e) {
                sending.completeExceptionally(e);
              }
            },
            "demo-sender");
    sender.setDaemon(true);
    sender.start();
    return sending;
  }

  private static EventProducer.Totals totals(CompletableFuture<EventProducer.Totals> sending)
      throws Exception {
    try {
      return sending.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private boolean isOver(CompletableFuture<EventProducer.Totals> sending)
      throws JobFailedException, InterruptedException {
    if (interruption.isRequested() || sending.isCompletedExceptionally()) {
      return true;
    }
    if (duration != null && progress.elapsed().compareTo(duration) >= 0) {
      return true;
    }
    // A file has ended: the job has what was sent, and time to publish what follows from it.
    return sending.isDone() && progress.quietNanos() > SETTLE_NANOS && backlog.events() == 0;
  }

  private String line() {
    String line = progress.line() + ", lag " + Text.count(backlog.events());
    String last = quality.lastLine();
    return last == null ? line : line + "  |  " + last;
  }

  private void readLists(TopicReader lists) throws RecordException {
    for (ConsumerRecord<byte[], byte[]> record : lists.poll(POLL)) {
      String user = new String(record.key(), StandardCharsets.UTF_8);
      if (record.value() != null
          && (followed.contains(user) || followed.size() < FOLLOWED_USERS && followed.add(user))) {
        latest = RecommendationListJson.read(record.value());
      }
    }
    long now = System.nanoTime();
    if (latest != null && now - listShownAt >= LIST_EVERY_NANOS) {
      listShownAt = now;
      console.println(
          "  "
              + latest.userId()
              + " now gets: "
              + ListText.top(latest, SHOWN_ITEMS)
              + (traffic.live()
                  ? "  (" + (latest.generatedAt() - latest.eventTime()) + " ms after the event)"
                  : ""));
      latest = null;
    }
  }

  private void readWindows(TopicReader windows) throws RecordException {
    for (ConsumerRecord<byte[], byte[]> record : windows.poll(Duration.ZERO)) {
      QualityWindow window = QualityWindowJson.read(record.value());
      String complete = quality.add(window);
      if (complete == null) {
        continue;
      }
      if (!driftShown && window.toTime() >= traffic.driftTime()) {
        driftShown = true;
        console.println("-- all tastes have swapped --");
      }
      console.println(complete);
    }
  }
}
