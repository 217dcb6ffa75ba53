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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The running part of a demo: sends, watches the topics, and says what happens. */
final class DemoRun {
  private static final int FOLLOWED_USERS = 3;
  private static final int SHOWN_ITEMS = 8;
  private static final long LIST_EVERY_NANOS = 5_000_000_000L;
  private static final long SETTLE_NANOS = 2_000_000_000L;
  private static final long SEND_SECONDS = 10;
  // Lists come 500 to a poll, and flat out there are tens of thousands a second.
  private static final int POLLS = 20;
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
  private volatile long sent;
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
    try (Freshness freshness = new Freshness(config);
        TopicReader lists = Reading.fromBeginning(config, config.topics().recommendations());
        TopicReader windows = Reading.fromBeginning(config, config.topics().quality())) {
      while (!isOver(sending)) {
        readLists(lists, freshness);
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
    finish(sending);
    return new DemoResult(config, sent, metrics, progress.elapsed(), quality);
  }

  private CompletableFuture<EventProducer.Totals> send(EventProducer producer, Replay replay) {
    CompletableFuture<EventProducer.Totals> sending = new CompletableFuture<>();
    Thread sender =
        new Thread(
            () -> {
              try (EventStream stream = traffic.stream()) {
                sending.complete(
                    producer.send(stream, replay, state -> sent = state.acknowledged()));
              } catch (IOException | RuntimeException e) {
                sending.completeExceptionally(e);
              }
            },
            "demo-sender");
    sender.setDaemon(true);
    sender.start();
    return sending;
  }

  /** Waits for the sender; a failure counts unless somebody has ended the demo anyway. */
  private void finish(CompletableFuture<EventProducer.Totals> sending) throws Exception {
    try {
      sent = sending.get(SEND_SECONDS, TimeUnit.SECONDS).acknowledged();
    } catch (ExecutionException | TimeoutException e) {
      if (!interruption.isRequested()) {
        throw e.getCause() instanceof IOException cause ? cause : e;
      }
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

  private void readLists(TopicReader lists, Freshness freshness) throws RecordException {
    freshness.read();
    Duration patience = POLL;
    for (int poll = 0; poll < POLLS; poll++) {
      for (ConsumerRecord<byte[], byte[]> record : lists.poll(patience)) {
        String user = new String(record.key(), StandardCharsets.UTF_8);
        if (followed.size() < FOLLOWED_USERS && followed.add(user)) {
          freshness.follow(user);
        }
        if (record.value() != null && followed.contains(user)) {
          latest = RecommendationListJson.read(record.value());
        }
      }
      patience = Duration.ZERO;
    }
    long now = System.nanoTime();
    if (latest != null && now - listShownAt >= LIST_EVERY_NANOS) {
      listShownAt = now;
      show(latest, freshness.millis(latest));
      latest = null;
    }
  }

  private void show(RecommendationList list, long age) {
    console.println(
        "  "
            + list.userId()
            + " now gets: "
            + ListText.top(list, SHOWN_ITEMS)
            + (age == Freshness.UNKNOWN ? "" : "  (" + age + " ms after the event arrived)"));
  }

  private void readWindows(TopicReader windows) throws RecordException {
    for (ConsumerRecord<byte[], byte[]> record : windows.poll(Duration.ZERO)) {
      QualityWindow window = QualityWindowJson.read(record.value());
      String complete = quality.add(window);
      if (complete == null) {
        continue;
      }
      if (!driftShown && window.toTime() >= traffic.driftTime().getAsLong()) {
        driftShown = true;
        console.println("-- all tastes have swapped --");
      }
      console.println(complete);
    }
  }
}
