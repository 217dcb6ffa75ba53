// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static io.freshet.job.RunningJob.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.connect.broker.EmbeddedBroker;
import io.freshet.schema.Interaction;
import io.freshet.schema.ItemRow;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.ScoredItem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills the task manager at random moments under load; afterwards the graph is exactly what a
 * plain-Java reference makes of the same events: nothing lost, nothing counted twice.
 */
class CrashIT {
  private static final int EVENTS = 6000;
  private static final int CRASHES = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long SEED = 20261122;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker(@TempDir Path directory) throws Exception {
    broker = EmbeddedBroker.start(directory);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theGraphIsExactWhateverDies(int parallelism) throws Exception {
    Map<String, String> options =
        Map.of(
            "job.parallelism", Integer.toString(parallelism),
            // So that popularity is a plain count, and tells repeats that degrees do not show.
            "popularity.half-life", "1000000 d",
            // Far smaller than the stream, so that state goes to RocksDB and back all the time.
            "learner.cache.users", "20",
            "merger.cache.items", "20",
            "learner.batch.size", "16");
    try (RunningJob job = new RunningJob(broker, options)) {
      ReferenceGraph reference = new ReferenceGraph(job.config.events().types());
      job.start(null);
      Random random = new Random(SEED + parallelism);
      long start = System.currentTimeMillis() - EVENTS;
      int crashed = 0;
      Interaction previous = null;
      for (int i = 0; i < EVENTS; i++) {
        Interaction event = random(random, i, start + i);
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
          Thread.sleep(random.nextInt(700));
          job.cluster.crash();
          crashed++;
        }
      }
      job.flush();

      Map<String, Long> degrees = reference.degrees();
      await(
          () ->
              "the degrees of the reference; job "
                  + job.status()
                  + difference(degrees(job), degrees),
          PATIENCE,
          () -> degrees(job).equals(degrees));
      assertThat(positives(job)).isEqualTo(reference.positives());
      assertListsShowNothingSeen(job, reference);
    }
  }

  private static Interaction random(Random random, int i, long time) {
    String user = "u" + random.nextInt(200);
    String item = "i" + (int) (Math.pow(random.nextDouble(), 2) * 150);
    int kind = random.nextInt(10);
    String type = kind == 0 ? "cancel" : kind < 3 ? "impression" : "click";
    return Interaction.of("e" + i, user, item, type, time);
  }

  private static Map<String, Long> degrees(RunningJob job) throws Exception {
    Map<String, Long> degrees = new HashMap<>();
    for (ItemRow row : job.rows().values()) {
      degrees.put(row.itemId(), row.degree());
    }
    return degrees;
  }

  private static String difference(Map<String, Long> actual, Map<String, Long> expected) {
    StringBuilder difference = new StringBuilder();
    expected.forEach(
        (item, degree) -> {
          if (!degree.equals(actual.get(item))) {
            difference.append(
                ", %s has %s instead of %d".formatted(item, actual.get(item), degree));
          }
        });
    return difference.toString();
  }

  private static Map<String, Long> positives(RunningJob job) throws Exception {
    Map<String, Long> positives = new HashMap<>();
    for (ItemRow row : job.rows().values()) {
      positives.put(row.itemId(), Math.round(row.popularity()));
    }
    return positives;
  }

  private static void assertListsShowNothingSeen(RunningJob job, ReferenceGraph reference)
      throws Exception {
    Map<String, RecommendationList> lists = job.lists();
    assertThat(lists).hasSizeGreaterThan(150);
    lists.forEach(
        (user, list) ->
            assertThat(list.items())
                .extracting(ScoredItem::itemId)
                .doesNotContainAnyElementsOf(reference.itemsOf(user)));
  }
}
