// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static io.freshet.job.RunningJob.await;
import static io.freshet.job.RunningJob.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.connect.broker.EmbeddedBroker;
import io.freshet.operator.MetricNames;
import io.freshet.schema.ControlEvent;
import io.freshet.schema.Interaction;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.ScoredItem;
import io.freshet.schema.ScorerRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole path: a real broker, a real job, and what comes out at the other end. */
class PathIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker(@TempDir Path directory) throws Exception {
    broker = EmbeddedBroker.start(directory);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static Interaction click(String user, String item, long time) {
    return Interaction.of(user + "-" + item + "-" + time, user, item, "click", time);
  }

  private static List<String> items(RecommendationList list) {
    return list.items().stream().map(ScoredItem::itemId).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void eventsBecomeListsRowsAndQualityWindows(String delivery) throws Exception {
    Map<String, String> options = Map.of("quality.window", "50", "kafka.delivery", delivery);
    try (RunningJob job = new RunningJob(broker, options)) {
      job.start();
      long time = System.currentTimeMillis() - 1000;
      for (int i = 0; i < 400; i++) {
        int user = i % 20;
        job.send(click("u" + user, (user % 2 == 0 ? "even" : "odd") + (i * 7) % 23, time + i));
      }
      job.flush();

      await("all users have a list", PATIENCE, () -> job.lists().size() == 20);
      await("items have rows", PATIENCE, () -> job.rows().size() >= 40);
      await(
          "windows of freshet and popularity",
          PATIENCE,
          () -> job.records(job.config.topics().quality()).size() >= 2);
      assertThat(job.records(job.config.topics().deadLetters())).isEmpty();
      for (String stage : List.of("state", "test", "graph", "learn", "codes", "rank", "publish")) {
        String metric = "stage-" + stage + "-cpu-nanos";
        assertThat(job.cluster.metrics().sum(metric)).as(metric).isPositive();
      }
      assertThat(job.lists().values()).allSatisfy(list -> assertThat(list.items()).isNotEmpty());
    }
  }

  @Test
  void aReplayWaitsForTheRows() throws Exception {
    int most = 100;
    int events = 4000;
    Map<String, String> options =
        Map.of("job.parallelism", "2", "merger.sync.interval", "50 ms", "learner.batch.size", "8");
    try (RunningJob job = new RunningJob(broker, options)) {
      long time = System.currentTimeMillis() - events;
      for (int i = 0; i < events; i++) {
        job.send(click("u" + i % 97, "i" + i % 89, time + i));
      }
      job.flush();
      EventLead lead = new EventLead(job.cluster.metrics());

      job.start(endpoints -> job.cluster.heldBack(endpoints, most));

      AtomicLong largest = new AtomicLong();
      await(
          "all events are learned",
          PATIENCE,
          () -> {
            for (int i = 0; i < 20; i++) {
              largest.accumulateAndGet(lead.events(), Math::max);
              Thread.sleep(5);
            }
            return job.cluster.metrics().sum(MetricNames.EVENTS) == events;
          });
      // An event with more changes than most counts for more once it is learned.
      assertThat(largest.get()).isBetween(1L, 3L * most);
    }
  }

  @Test
  void learnersRankByOneNetwork() throws Exception {
    try (RunningJob job = new RunningJob(broker, Map.of("job.parallelism", "2"))) {
      job.start();
      long time = System.currentTimeMillis() - 10_000;
      for (int i = 0; i < 1000; i++) {
        job.send(click("u" + i % 97, "i" + i % 31, time + i));
      }
      job.flush();
      await(
          "a network that both learners taught",
          PATIENCE,
          () -> {
            ScorerRow network = job.topics.scorer();
            return network != null && network.contains(0) > 0 && network.contains(1) > 0;
          });
      await(
          "what they sent is back",
          PATIENCE,
          () -> job.cluster.metrics().sum(MetricNames.RANKER_PENDING) == 0);
    }
  }

  @Test
  void hiddenItemsLeaveAndErasedUsersLeaveNoTrace() throws Exception {
    try (RunningJob job = new RunningJob(broker, Map.of("job.parallelism", "2"))) {
      job.start();
      long time = System.currentTimeMillis() - 1000;
      for (int i = 0; i < 10; i++) {
        for (String item : List.of("a", "b", "c")) {
          job.send(click("u" + i, item, time + i));
        }
      }
      job.send(click("secret", "a", time));
      job.send(click("secret", "d", time));
      job.flush();
      await("degrees", PATIENCE, () -> job.rows().containsKey("d") && degree(job, "a") == 11);

      job.send(new ControlEvent(ControlEvent.Action.HIDE_ITEM, "b", time));
      job.send(new ControlEvent(ControlEvent.Action.ERASE_USER, "secret", time));

      await("b is hidden", PATIENCE, () -> job.rows().get("b").hidden());
      await("a tombstone", PATIENCE, () -> hasTombstone(job, "secret"));
      await("the degree without the user", PATIENCE, () -> degree(job, "a") == 10);
      assertThat(degree(job, "d")).isZero();
      await(
          "a fresh list without b",
          PATIENCE,
          () -> {
            job.send(
                Interaction.of("probe" + System.nanoTime(), "late", "a", "impression", time + 100));
            job.flush();
            RecommendationList list = job.lists().get("late");
            return list != null && items(list).contains("a") && !items(list).contains("b");
          });
      for (String topic :
          List.of(
              job.config.topics().model(),
              job.config.topics().quality(),
              job.config.topics().deadLetters())) {
        assertThat(job.records(topic))
            .noneMatch(
                record ->
                    String.valueOf(text(record.key())).contains("secret")
                        || String.valueOf(text(record.value())).contains("secret"));
      }
    }
  }

  private static long degree(RunningJob job, String item) throws Exception {
    return job.rows().get(item).counts().degree();
  }

  private static boolean hasTombstone(RunningJob job, String user) throws Exception {
    Map<String, RecommendationList> lists = job.lists();
    return lists.containsKey(user) && lists.get(user) == null;
  }
}
