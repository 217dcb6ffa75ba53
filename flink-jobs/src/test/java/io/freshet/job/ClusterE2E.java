// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static io.freshet.job.RunningJob.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.Launched;
import io.freshet.connect.broker.BrokerProcess;
import io.freshet.connect.replay.EventProducer;
import io.freshet.connect.replay.Replay;
import io.freshet.connect.replay.TrafficOptions;
import io.freshet.schema.RecordException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The job on a Flink cluster whose parts are processes, beside a broker that is one: a TaskManager
 * is killed amid the stream, another takes its place, and the job goes on with three learners from
 * a savepoint of two. The stream never pauses.
 */
@Timeout(600)
class ClusterE2E {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int RATE = 200;
  private static final Duration STRETCH = Duration.ofSeconds(25);
  // On a machine that others use a learner that has just started may not make up for the outage.
  private static final Duration CATCH_UP = Duration.ofSeconds(40);
  // The first lists are those of a learner that knows nothing.
  private static final Duration WARM_UP = Duration.ofSeconds(35);
  // Windows on either side of a disturbance; one is about three seconds of traffic.
  private static final int WINDOWS = 6;
  // Chance alone exceeds this many standard deviations once in thirty thousand comparisons.
  private static final double DEVIATIONS = 4;

  // What failed is told by the logs that lie there.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private LocalProcesses cluster;

  @BeforeEach
  void nothingRuns() {
    cluster = new LocalProcesses(directory);
  }

  @AfterEach
  void endWhatIsLeft() throws Exception {
    cluster.close();
  }

  @Test
  void nothingIsLostNorCountedTwiceWhenATaskManagerDiesAndAThirdOneJoins() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start()) {
      Path file = configuration(broker);
      JobConfig config = new StartCheck(file, List.of()).readable();
      TopicContents topics = new TopicContents(config);
      ReferenceGraph reference = new ReferenceGraph(config.events().types());

      cluster.run("start", "--taskmanagers", "2", "--port", "0");
      assertThat(cluster.call("submit", "--config", file.toString(), "--set", "lists.sice=3"))
          .satisfies(
              refused -> {
                assertThat(refused.code()).isEqualTo(1);
                assertThat(refused.err())
                    .contains("lists.sice is no option of Freshet; did you mean lists.size?")
                    .doesNotContain("\tat ");
              });
      String first = submit(file, "2");
      RepeatingTraffic traffic =
          new RepeatingTraffic(
              TrafficOptions.startingAt(System.currentTimeMillis())
                  .withUsers(300)
                  .withItems(500)
                  .withGroups(6)
                  .withEventsPerSecond(RATE),
              reference);
      CompletableFuture<EventProducer.Totals> feeding = feed(config, traffic);
      try (ListTimes lists = new ListTimes(config)) {
        await(
            () -> "events are sent; " + feeding,
            PATIENCE,
            () -> traffic.time() > 0 && !feeding.isDone());
        lists.awaitAnswerTo(traffic.time(), PATIENCE);
        Thread.sleep(WARM_UP.toMillis());
        await("a checkpoint", PATIENCE, () -> cluster.log().contains("Completed checkpoint"));

        long freshBeforeKill = freshAge(lists, traffic);
        long killTime = traffic.time();
        long killed = System.currentTimeMillis();
        cluster.part("taskmanager-2").destroyForcibly();
        cluster.run("add");
        lists.awaitAnswerTo(traffic.time(), PATIENCE);
        long back = System.currentTimeMillis();
        assertThat(cluster.log()).contains("Restoring job " + first + " from Checkpoint");
        lists.awaitFresh(back, freshBeforeKill, CATCH_UP);
        Thread.sleep(STRETCH.toMillis());

        long freshBeforeStop = freshAge(lists, traffic);
        long stopTime = traffic.time();
        long stopped = System.currentTimeMillis();
        cluster.run("add");
        String savepoint = said("savepoint (\\S+)", cluster.run("savepoint"));
        submit(file, "3", "--from", savepoint);
        lists.awaitAnswerTo(traffic.time(), PATIENCE);
        long rescaled = System.currentTimeMillis();
        lists.awaitFresh(rescaled, freshBeforeStop, CATCH_UP);
        Thread.sleep(STRETCH.toMillis());

        traffic.end();
        assertThat(feeding.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).failed()).isZero();
        lists.readAll();
        report("kill -9", lists, killed, back, freshBeforeKill);
        report("savepoint, 2 to 3", lists, stopped, rescaled, freshBeforeStop);
        Map<String, Long> degrees = reference.degrees();
        await(
            () -> "the degrees" + ReferenceGraph.difference(topics.degrees(), degrees),
            PATIENCE,
            () -> topics.degrees().equals(degrees));
        assertThat(topics.positives()).isEqualTo(reference.positives());
        QualityStretch quality = QualityStretch.of(topics);
        System.out.println(traffic.events() + " events; recall of the windows: " + quality);
        assertStartIsADent(quality, killTime);
        assertNoDent("kill -9", quality, killTime, stopTime);
        assertNoDent("savepoint, 2 to 3", quality, stopTime, Long.MAX_VALUE);
      } finally {
        traffic.end();
      }
      cluster.run("stop");
      assertThat(cluster.parts()).hasSize(5).containsKeys("jobmanager", "taskmanager-4");
      cluster.awaitEnd();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 2, Name a command.",
    "go, 2, there is no command 'go'",
    "start --taskmanagers two, 2, --taskmanagers is 'two' but must be a number",
    "start --port, 2, --port needs a value",
    "submit --conf x, 2, submit does not take '--conf'",
    "submit --config x, 1, no cluster runs in",
    "add, 1, start one with: deploy/local/cluster start",
    "savepoint, 1, no cluster runs in",
    "status, 1, no cluster runs in",
  })
  void wrongUsageAndNoClusterAreOneMessage(String words, int code, String message)
      throws Exception {
    Launched.Outcome outcome = cluster.call(words.isEmpty() ? new String[0] : words.split(" "));

    assertThat(outcome.code()).isEqualTo(code);
    assertThat(outcome.err()).startsWith("cluster: ").contains(message);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void itExplainsItselfAndStopsNothingWithoutFault() throws Exception {
    assertThat(cluster.run("--help"))
        .startsWith("Usage: deploy/local/cluster")
        .contains("Example:");
    assertThat(cluster.run("stop")).isEmpty();
  }

  private Path configuration(BrokerProcess broker) throws Exception {
    Path file = directory.resolve("freshet.yaml");
    Files.writeString(
        file,
        """
        kafka.bootstrap.servers: %s
        checkpoint.dir: %s
        checkpoint.interval: 2 s
        # So that the first popularity is a plain count, and tells repeats that degrees do not show.
        popularity.half-lives: [1000000 d, 1 h, 1 d]
        quality.sample: 1
        quality.window: 200
        """
            .formatted(broker.bootstrapServers(), directory.resolve("checkpoints")));
    return file;
  }

  private String submit(Path config, String parallelism, String... more) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of("submit", "--config", config.toString(), "--parallelism", parallelism));
    words.addAll(List.of(more));
    return said("job ([0-9a-f]{32})", cluster.run(words.toArray(new String[0])));
  }

  private static String said(String pattern, String out) {
    Matcher matcher = Pattern.compile(pattern).matcher(out);
    assertThat(matcher.find()).as(out).isTrue();
    return matcher.group(1);
  }

  private static CompletableFuture<EventProducer.Totals> feed(
      JobConfig config, RepeatingTraffic traffic) {
    EventProducer producer =
        new EventProducer(
            Map.of("bootstrap.servers", config.kafka().bootstrapServers()),
            config.topics().interactions());
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            // At the events' own times, by which lists tell how old they are.
            return producer.send(traffic, Replay.live(), progress -> {});
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** The greatest age, in milliseconds, of a list that is as fresh as those of late. */
  private static long freshAge(ListTimes lists, RepeatingTraffic traffic) throws RecordException {
    lists.awaitAnswerTo(traffic.time(), PATIENCE);
    long now = System.currentTimeMillis();
    return lists.medianAge(now - STRETCH.toMillis() / 2, now) + 1000;
  }

  private static void report(String what, ListTimes lists, long from, long to, long freshAge) {
    ListTimes.Pause pause = lists.longestPause(from, to);
    OptionalLong fresh = lists.freshFrom(pause.to(), freshAge);
    System.out.printf(
        "%s: no list for %.1f s, the next %.1f s after the command; as fresh as before %s%n",
        what,
        pause.millis() / 1000.0,
        (pause.to() - from) / 1000.0,
        fresh.isPresent()
            ? "after %.1f s".formatted((fresh.getAsLong() - from) / 1000.0)
            : "not while it was measured");
  }

  /**
   * The traffic's tastes do not change, so without a disturbance the recall of a window differs
   * from that of the windows before by chance, or because more has been learned, which only raises
   * it. This tells lists that are bad for a while; state that is lost is told by the degrees.
   */
  private static void assertNoDent(String what, QualityStretch all, long from, long to) {
    QualityStretch before = all.before(from, WINDOWS);
    QualityStretch after = all.after(from, to, WINDOWS);
    assertThat(after.windows()).hasSize(WINDOWS);
    assertThat(after.recall())
        .as(what + ": before " + before + ", after " + after)
        .isGreaterThan(leastByChance(before));
    System.out.printf(
        "%s: recall %.3f before, %.3f after, at least %.3f by chance%n",
        what, before.recall(), after.recall(), leastByChance(before));
  }

  /** What a learner that had lost everything would show is a dent: the job's own start is one. */
  private static void assertStartIsADent(QualityStretch all, long from) {
    QualityStretch start = all.after(Long.MIN_VALUE, from, WINDOWS);
    QualityStretch before = all.before(from, WINDOWS);
    assertThat(start.recall())
        .as("the start " + start + ", later " + before)
        .isLessThan(leastByChance(before));
  }

  private static double leastByChance(QualityStretch before) {
    assertThat(before.windows()).hasSize(WINDOWS);
    return before.recall() - DEVIATIONS * before.spread() * Math.sqrt(2.0 / WINDOWS);
  }
}
