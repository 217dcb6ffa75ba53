// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static io.freshet.job.RunningJob.await;
import static io.freshet.job.RunningJob.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.freshet.connect.ConnectorMetrics;
import io.freshet.connect.broker.EmbeddedBroker;
import io.freshet.operator.MetricNames;
import io.freshet.schema.DeadLetter;
import io.freshet.schema.Interaction;
import io.freshet.schema.InteractionJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A job that reads files first and carries on with a topic that holds some of the same events, and
 * that others write meanwhile: the graph is exactly what a plain-Java reference makes of them all.
 */
class HistoryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int EVENTS = 6000;

  // The first file ends, the second one ends, and the topic starts here.
  private static final int CSV_END = 1500;
  private static final int FILES_END = 4000;
  private static final int TOPIC_START = 3500;
  private static final int BAD_LINES = 3;
  @TempDir private static Path directory;
  private static EmbeddedBroker broker;
  private static List<Interaction> events;
  private static Path csv;
  private static Path json;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(directory.resolve("broker"));
    events = events();
    csv = csv(events.subList(0, CSV_END));
    json = json(events.subList(CSV_END, FILES_END));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void noEventIsLostOrCountedTwiceWhereverTheJobDies(int parallelism) throws Exception {
    try (RunningJob job = new RunningJob(broker, options(parallelism))) {
      send(job, TOPIC_START, 4500);
      job.start(held(job));

      await("half of the history", PATIENCE, () -> read(job) > FILES_END / 2);
      assertThat(read(job)).isLessThan(FILES_END);
      crash(job, 0);
      send(job, 4500, 5000); // while the history is read
      await("the end of the history", PATIENCE, () -> read(job) == FILES_END + BAD_LINES);
      crash(job, 1); // maybe before the topic follows, maybe after
      send(job, 5000, 5500);
      await("the topic", PATIENCE, () -> duplicates(job) > 0);
      crash(job, 2);
      send(job, 5500, EVENTS);

      awaitReference(job);
      assertThat(reasons(job))
          .containsExactly(
              csv + ", line 702: has 3 fields, but the header names 5 columns",
              csv + ", line 703: event_type \"teleport\" has no weight in events.weights",
              json + ", line 2501: event_id is missing");
    }
  }

  @Test
  void aJobThatGoesOnFromItsStateLearnsNothingOfTheHistoryAgain() throws Exception {
    try (RunningJob job = new RunningJob(broker, options(2))) {
      send(job, TOPIC_START, 4500);
      job.start(held(job));
      await("half of the history", PATIENCE, () -> read(job) > FILES_END / 2);

      String inTheHistory = job.stop();
      job.start(held(job), inTheHistory);
      await("the topic", PATIENCE, () -> duplicates(job) == FILES_END - TOPIC_START);
      send(job, 4500, 5000);

      String beyondIt = job.stop();
      job.start(held(job), beyondIt);
      send(job, 5000, EVENTS);
      awaitReference(job);
      assertThat(duplicates(job)).isEqualTo(FILES_END - TOPIC_START);
      assertThat(read(job)).isEqualTo(FILES_END + BAD_LINES);
    }
  }

  private static Map<String, String> options(int parallelism) throws IOException {
    Map<String, String> options = new HashMap<>();
    options.put("source.history", csv + ";" + json);
    options.put("job.parallelism", Integer.toString(parallelism));
    // So that popularity is a plain count, and tells repeats that degrees do not show.
    options.put("popularity.half-lives", "1000000 d");
    options.put("learner.batch.size", "16");
    options.put("checkpoint.dir", Files.createTempDirectory(directory, "state").toString());
    return options;
  }

  /** Little is on its way, so that the files are still being read when the job dies. */
  private static UnaryOperator<Endpoints> held(RunningJob job) {
    return endpoints -> job.cluster.heldBack(endpoints, 200);
  }

  private static void send(RunningJob job, int from, int to) {
    events.subList(from, to).forEach(job::send);
    job.flush();
  }

  private static void crash(RunningJob job, int before) throws Exception {
    job.cluster.crash();
    await(
        () -> "a restart; job " + job.status(),
        PATIENCE,
        () ->
            job.cluster.metrics().sum(org.apache.flink.runtime.metrics.MetricNames.NUM_RESTARTS)
                    > before
                && job.status() == JobStatus.RUNNING);
  }

  private static void awaitReference(RunningJob job) throws Exception {
    ReferenceGraph reference = new ReferenceGraph(job.config.events().types());
    events.forEach(reference::add);
    Map<String, Long> degrees = reference.degrees();
    await(
        () ->
            "the degrees of the reference; job "
                + job.status()
                + ", read "
                + read(job)
                + ", duplicates "
                + duplicates(job)
                + ReferenceGraph.difference(job.topics.degrees(), degrees),
        PATIENCE,
        () -> job.topics.degrees().equals(degrees));
    assertThat(job.topics.positives()).isEqualTo(reference.positives());
  }

  private static long read(RunningJob job) {
    return job.cluster.metrics().sum(ConnectorMetrics.HISTORY_RECORDS);
  }

  private static long duplicates(RunningJob job) {
    return job.cluster.metrics().sum(MetricNames.EVENTS_DUPLICATE);
  }

  /** Why something ended in the dead letters, each once, up to the first semicolon. */
  private static Set<String> reasons(RunningJob job) {
    Set<String> reasons = new TreeSet<>();
    for (ConsumerRecord<byte[], byte[]> letter : job.records(job.config.topics().deadLetters())) {
      String reason = text(letter.headers().lastHeader(DeadLetter.HEADER_REASON).value());
      reasons.add(reason.replaceFirst(";.*", ""));
    }
    return reasons;
  }

  private static List<Interaction> events() {
    Random random = new Random(7);
    List<Interaction> events = new ArrayList<>();
    long start = System.currentTimeMillis() - EVENTS;
    for (int i = 0; i < EVENTS; i++) {
      String item = "i" + (int) (Math.pow(random.nextDouble(), 2) * 150);
      String type = random.nextInt(10) == 0 ? "cancel" : "click";
      events.add(Interaction.of("e" + i, "u" + random.nextInt(200), item, type, start + i));
    }
    return events;
  }

  private static Path csv(List<Interaction> events) throws IOException {
    StringBuilder lines = new StringBuilder("event_id,user_id,item_id,event_type,timestamp_ms\n");
    for (Interaction event : events) {
      lines.append(
          "%s,%s,%s,%s,%d\n"
              .formatted(
                  event.eventId(),
                  event.userId(),
                  event.itemId(),
                  event.eventType(),
                  event.timestamp()));
      if (event.eventId().equals("e699")) {
        lines.append("this,is,no event\nx,u1,i1,teleport,0\n");
      }
    }
    return Files.writeString(directory.resolve("first.csv"), lines);
  }

  private static Path json(List<Interaction> events) throws IOException {
    Path file = directory.resolve("second.jsonl.zst");
    try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(file))) {
      for (Interaction event : events) {
        out.write(InteractionJson.write(event));
        out.write('\n');
      }
      out.write(RunningJob.utf8("{\"user_id\": \"u1\"}\n"));
    }
    return file;
  }
}
