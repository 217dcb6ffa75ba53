// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static io.freshet.job.RunningJob.await;
import static io.freshet.job.RunningJob.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.connect.broker.EmbeddedBroker;
import io.freshet.schema.Interaction;
import io.freshet.schema.RecommendationList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.metrics.MetricNames;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Parts of the job die at random moments under load; afterwards the graph is exactly what a
 * plain-Java reference makes of the same events: nothing lost, nothing counted twice.
 */
class CrashIT {
  private static final int EVENTS = 6000;
  private static final int CRASHES = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long SEED = 20261122;
  private static final long PAUSE_MILLIS = 120_000;
  private static final String OLD = "old";
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker(@TempDir Path directory) throws Exception {
    broker = EmbeddedBroker.start(directory);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  /** How a part of the job dies. */
  private enum Crash {
    /** The machine is lost, with every task on it. */
    KILLED {
      @Override
      void happen(RunningJob job, Random random) throws Exception {
        Thread.sleep(random.nextInt(700));
        job.cluster.crash();
      }
    },
    /** A learner or an owner throws at one of its records, half way through its step. */
    THROWN {
      @Override
      void happen(RunningJob job, Random random) {
        JobConfig.Topics topics = job.config.topics();
        ThrowingPartitioner.throwAfter(
            random.nextBoolean() ? topics.recommendations() : topics.model(), random.nextInt(300));
      }
    };

    abstract void happen(RunningJob job, Random random) throws Exception;
  }

  @ParameterizedTest
  @CsvSource({
    "KILLED, at-least-once, 1",
    "KILLED, exactly-once, 2",
    "THROWN, at-least-once, 2",
    "THROWN, exactly-once, 1"
  })
  void theGraphIsExactWhateverDies(Crash crash, String delivery, int parallelism) throws Exception {
    Map<String, String> options =
        Map.of(
            "job.parallelism", Integer.toString(parallelism),
            "kafka.delivery", delivery,
            "kafka.properties.partitioner.class", ThrowingPartitioner.class.getName(),
            // So that popularity is a plain count, and tells repeats that degrees do not show.
            "popularity.half-lives", "1000000 d",
            "quality.window", "100",
            // Far smaller than the stream, so that state goes to RocksDB and back all the time.
            "learner.cache.users", "20",
            "merger.cache.items", "20",
            "learner.batch.size", "16");
    try (RunningJob job = new RunningJob(broker, options)) {
      job.start();
      ReferenceGraph reference = feed(job, crash, new Random(SEED + crash.ordinal() + parallelism));

      awaitDegrees(job, reference);
      assertThat(restarts(job)).isEqualTo(CRASHES);
      assertThat(job.topics.positives()).isEqualTo(reference.positives());
      await("lists of all users", PATIENCE, () -> job.lists().size() == reference.users().size());
      await("no list shows what was seen", PATIENCE, () -> showsNothingSeen(job, reference));
      if (job.config.kafka().exactlyOnce()) {
        assertThat(windows(job)).doesNotHaveDuplicates().hasSizeGreaterThan(20);
      }
    }
  }

  @Test
  void whatIsTooOldLeavesExactlyWhateverDies() throws Exception {
    Map<String, String> options =
        Map.of(
            "job.parallelism", "2",
            "items.ttl", "60 s",
            "source.out-of-orderness", "100 ms",
            "learner.cache.users", "20",
            "merger.cache.items", "20",
            "learner.batch.size", "16");
    try (RunningJob job = new RunningJob(broker, options)) {
      job.start();
      ReferenceGraph reference = feed(job, Crash.KILLED, new Random(SEED), PAUSE_MILLIS);

      awaitDegrees(job, reference);
      assertThat(restarts(job)).isEqualTo(CRASHES);
      await("the old item leaves", PATIENCE, () -> !job.rows().containsKey(OLD));
      await(
          "quiet users leave",
          PATIENCE,
          () -> job.lists().containsKey("quiet7") && job.lists().get("quiet7") == null);
    }
  }

  private static void awaitDegrees(RunningJob job, ReferenceGraph reference) throws Exception {
    Map<String, Long> degrees = reference.degrees();
    await(
        () ->
            "the degrees of the reference; job "
                + job.status()
                + ReferenceGraph.difference(job.topics.degrees(), degrees),
        PATIENCE,
        () -> job.topics.degrees().equals(degrees));
  }

  private static ReferenceGraph feed(RunningJob job, Crash crash, Random random) throws Exception {
    return feed(job, crash, random, 0);
  }

  /**
   * Sends the events, some of them twice, while parts of the job die.
   *
   * @param pause event time that passes half way, after which all that was before is forgotten; 0
   *     for none
   */
  private static ReferenceGraph feed(RunningJob job, Crash crash, Random random, long pause)
      throws Exception {
    ReferenceGraph reference = new ReferenceGraph(job.config.events().types());
    long start = System.currentTimeMillis() - EVENTS - pause;
    int crashed = 0;
    Interaction previous = null;
    for (int i = 0; i < EVENTS; i++) {
      if (pause > 0 && i == EVENTS / 2) {
        start += pause;
        reference.forget();
        previous = null;
      }
      // Some users are there at the very start alone, and so is an item.
      Interaction event =
          pause > 0 && i < 50
              ? Interaction.of(
                  "e" + i, "quiet" + i / 2, i % 2 == 0 ? OLD : "i2", "click", start + i)
              : random(random, i, start + i);
      job.send(event);
      reference.add(event);
      if (random.nextInt(20) == 0 && previous != null) {
        job.send(previous); // a producer's retry
      }
      previous = event;
      if (i % 10 == 0) {
        Thread.sleep(5);
      }
      if (crashed < CRASHES && i > (crashed + 1) * EVENTS / (CRASHES + 1)) {
        // A crash while the job is down already would be none.
        awaitRestarts(job, crashed);
        crash.happen(job, random);
        crashed++;
      }
    }
    job.flush();
    awaitRestarts(job, CRASHES);
    return reference;
  }

  private static void awaitRestarts(RunningJob job, int restarts) throws Exception {
    await(
        () -> restarts + " restarts, not " + restarts(job) + "; job " + job.status(),
        PATIENCE,
        () -> restarts(job) >= restarts && job.status() == JobStatus.RUNNING);
  }

  private static long restarts(RunningJob job) {
    return job.cluster.metrics().sum(MetricNames.NUM_RESTARTS);
  }

  private static Interaction random(Random random, int i, long time) {
    String user = "u" + random.nextInt(200);
    String item = "i" + (int) (Math.pow(random.nextDouble(), 2) * 150);
    int kind = random.nextInt(10);
    String type = kind == 0 ? "cancel" : kind < 3 ? "impression" : "click";
    return Interaction.of("e" + i, user, item, type, time);
  }

  private static boolean showsNothingSeen(RunningJob job, ReferenceGraph reference)
      throws Exception {
    for (RecommendationList list : job.lists().values()) {
      Set<String> seen = reference.itemsOf(list.userId());
      if (list.items().stream().anyMatch(item -> seen.contains(item.itemId()))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> windows(RunningJob job) throws Exception {
    List<String> keys = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : job.records(job.config.topics().quality())) {
      keys.add(text(record.key()));
    }
    return keys;
  }
}
