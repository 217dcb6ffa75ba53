// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static io.freshet.job.RunningJob.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.connect.broker.EmbeddedBroker;
import io.freshet.connect.replay.GeneratedTraffic;
import io.freshet.connect.replay.TrafficOptions;
import io.freshet.operator.MetricNames;
import io.freshet.schema.CodebookDrift;
import io.freshet.schema.CodebookDrift.Outcome;
import io.freshet.schema.CodebookRow;
import io.freshet.schema.ControlEvent;
import io.freshet.schema.RecommendationList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The codebooks' way through the job: learners, fitter, model topic and back. */
class CodebookIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int LEVELS = 2;
  private static final int CODES = 4;

  private static final Map<String, String> OPTIONS =
      Map.of(
          "codebook.levels", Integer.toString(LEVELS),
          "codebook.codes", Integer.toString(CODES),
          "codebook.refit.min-users", "200",
          "codebook.refit.interval", "1 s",
          "learner.cache.users", "50");

  private static EmbeddedBroker broker;

  private final GeneratedTraffic traffic =
      new GeneratedTraffic(
          TrafficOptions.startingAt(System.currentTimeMillis() - 3_600_000)
              .withUsers(300)
              .withItems(400)
              .withGroups(4));

  @BeforeAll
  static void startBroker(@TempDir Path directory) throws Exception {
    broker = EmbeddedBroker.start(directory);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private void feed(RunningJob job, int events) throws Exception {
    for (int i = 0; i < events; i++) {
      job.send(traffic.next());
      if (i % 10 == 0) {
        Thread.sleep(5);
      }
    }
    job.flush();
  }

  /** Sends events until the job's books have this version. */
  private void feedUntil(RunningJob job, long version) throws Exception {
    await(
        () -> "version " + version + ", not " + newest(job) + "; job " + job.status(),
        PATIENCE,
        () -> {
          feed(job, 500);
          return newest(job) >= version;
        });
  }

  private static long newest(RunningJob job) throws Exception {
    CodebookRow newest = null;
    for (CodebookRow books : job.topics.books()) {
      if (newest == null || books.isNewerThan(newest.epoch(), newest.version())) {
        newest = books;
      }
    }
    return newest == null ? 0 : newest.version();
  }

  @Test
  void booksComeOutUsersCarryCodesAndEachReFitTellsWhatItChanged() throws Exception {
    try (RunningJob job = new RunningJob(broker, OPTIONS)) {
      job.start();
      feedUntil(job, 3);

      List<CodebookRow> books = job.topics.books();
      assertThat(books).extracting(CodebookRow::version).isSorted().startsWith(1L, 2L, 3L);
      assertThat(books)
          .allSatisfy(
              row -> {
                assertThat(row.levels()).isEqualTo(LEVELS);
                assertThat(row.codes()).isEqualTo(CODES);
                assertThat(row.dim()).isEqualTo(job.config.model().dim());
              });
      await(
          "lists say the codes of their users",
          PATIENCE,
          () -> {
            feed(job, 100);
            return paths(job.lists().values()) > CODES;
          });
      for (RecommendationList list : job.lists().values()) {
        if (list.codePath().length > 0) {
          assertThat(list.codePath()).hasSize(LEVELS);
          assertThat(Arrays.stream(list.codePath())).allMatch(code -> code >= 0 && code < CODES);
        }
      }

      List<CodebookDrift> second =
          job.topics.drift().stream().filter(drift -> drift.version() == 2).toList();
      assertThat(new TreeSet<>(second.stream().map(CodebookDrift::level).toList()))
          .containsExactly(0, 1, 2);
      CodebookDrift level = second.stream().filter(drift -> drift.level() == 1).findFirst().get();
      assertThat(level.outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(level.figures().users()).isGreaterThanOrEqualTo(200);
      assertThat(level.figures().usage()).hasSize(CODES);
      assertThat(Arrays.stream(level.figures().usage()).sum()).isBetween(0.999, 1.001);
      assertThat(level.figures().codesUsed()).isGreaterThan(1);
      assertThat(level.figures().error()).isBetween(0.0, 1.0);
      assertThat(level.figures().effectiveRank()).isGreaterThan(1);
      assertThat(job.cluster.metrics().sum(MetricNames.CODEBOOK_VERSION)).isGreaterThan(2);
    }
  }

  @Test
  void aCrashLosesNothingAndVersionsGoOnAscending() throws Exception {
    try (RunningJob job = new RunningJob(broker, OPTIONS)) {
      job.start();
      feedUntil(job, 2);
      Thread.sleep(1500); // a checkpoint has them
      long firstEpoch = job.topics.books().get(0).epoch();

      job.cluster.crash();
      await("books of a new epoch", PATIENCE, () -> lastBooks(job).epoch() > firstEpoch);
      CodebookRow announced = announced(job, firstEpoch);
      assertThat(announced.version()).isGreaterThanOrEqualTo(2);
      assertThat(
              job.topics.books().stream()
                  .filter(books -> books.version() == announced.version())
                  .map(CodebookRow::centroids))
          .as("what the checkpoint had, as it was")
          .allMatch(centroids -> Arrays.equals(centroids, announced.centroids()));
      feedUntil(job, announced.version() + 2);

      List<Long> versions =
          job.topics.books().stream()
              .filter(books -> books.epoch() > firstEpoch)
              .map(CodebookRow::version)
              .toList();
      assertThat(versions).isSorted().doesNotHaveDuplicates();
      await(
          "codes of the new books",
          PATIENCE,
          () -> {
            feed(job, 100);
            return paths(job.lists().values()) > CODES;
          });
    }
  }

  @Test
  void anOrderRollsBackAndOneThatCannotBeFollowedIsAnswered() throws Exception {
    try (RunningJob job = new RunningJob(broker, OPTIONS)) {
      job.start();
      feedUntil(job, 3);
      job.send(ControlEvent.rollBack("users", 1_000_000, System.currentTimeMillis()));
      await("a refusal", PATIENCE, () -> told(job, Outcome.REFUSED) != null);
      assertThat(told(job, Outcome.REFUSED).reason())
          .startsWith("version 1000000 is not kept; those kept are 1, 2, 3");

      job.send(ControlEvent.rollBack("users", 2, System.currentTimeMillis()));

      await("a roll-back", PATIENCE, () -> told(job, Outcome.ROLLED_BACK) != null);
      long version = told(job, Outcome.ROLLED_BACK).version();
      assertThat(version).isGreaterThan(3);
      await("its books", PATIENCE, () -> newest(job) >= version);
      List<CodebookRow> books = job.topics.books();
      assertThat(of(books, version).centroids()).isEqualTo(of(books, 2).centroids());
      feedUntil(job, version + 1);
    }
  }

  @Test
  void aSavepointGoesOnWithTwiceTheLearners(@TempDir Path checkpoints) throws Exception {
    Map<String, String> options = new HashMap<>(OPTIONS);
    options.put("checkpoint.dir", checkpoints.toString());
    String savepoint;
    Map<String, String> twice;
    CodebookRow before;
    try (RunningJob job = new RunningJob(broker, options)) {
      job.start();
      feedUntil(job, 2);
      savepoint = job.stop();
      before = lastBooks(job);
      twice = twice(job, options);
    }
    try (RunningJob job = new RunningJob(broker, twice)) {
      job.start(savepoint);
      await(
          () -> "books of a new epoch; job " + job.status(),
          PATIENCE,
          () -> lastBooks(job).epoch() > before.epoch());
      CodebookRow announced = announced(job, before.epoch());
      assertThat(announced.version()).isEqualTo(before.version());
      assertThat(announced.centroids()).isEqualTo(before.centroids());
      feedUntil(job, before.version() + 2);
      assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
    }
  }

  /** The same topics, two learners. */
  private static Map<String, String> twice(RunningJob job, Map<String, String> options) {
    Map<String, String> wide = new HashMap<>(options);
    JobConfig.Topics topics = job.config.topics();
    wide.put("job.parallelism", "2");
    wide.put("kafka.group.id", job.config.kafka().groupId());
    wide.put("topic.interactions", topics.interactions());
    wide.put("topic.dead-letters", topics.deadLetters());
    wide.put("topic.control", topics.control());
    wide.put("topic.recommendations", topics.recommendations());
    wide.put("topic.model", topics.model());
    wide.put("topic.codebook", topics.codebook());
    wide.put("topic.quality", topics.quality());
    return wide;
  }

  private static CodebookRow lastBooks(RunningJob job) throws Exception {
    List<CodebookRow> books = job.topics.books();
    return books.get(books.size() - 1);
  }

  /** The first books of a later epoch. */
  private static CodebookRow announced(RunningJob job, long epoch) throws Exception {
    return job.topics.books().stream().filter(row -> row.epoch() > epoch).findFirst().get();
  }

  private static CodebookRow of(List<CodebookRow> books, long version) {
    return books.stream().filter(row -> row.version() == version).findFirst().get();
  }

  private static CodebookDrift told(RunningJob job, Outcome outcome) throws Exception {
    return job.topics.drift().stream()
        .filter(drift -> drift.level() == 0 && drift.outcome() == outcome)
        .findFirst()
        .orElse(null);
  }

  /** Distinct code paths in lists. */
  private static long paths(Collection<RecommendationList> lists) {
    return lists.stream()
        .filter(Objects::nonNull)
        .filter(list -> list.codePath().length > 0)
        .map(list -> Arrays.toString(list.codePath()))
        .distinct()
        .count();
  }
}
