// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static io.freshet.job.RunningJob.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.connect.broker.BrokerProcess;
import io.freshet.connect.replay.EventProducer;
import io.freshet.connect.replay.Replay;
import io.freshet.connect.replay.TrafficOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job on a Flink cluster whose parts are processes, beside a broker that is one: a TaskManager
 * is killed amid the stream, another takes its place, and the job goes on with three learners from
 * a savepoint of two. The stream never pauses.
 */
@Timeout(420)
class ClusterE2E {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int RATE = 200;
  private static final Duration STRETCH = Duration.ofSeconds(25);
  // Windows on either side of a disturbance; one is about four seconds of traffic.
  private static final int WINDOWS = 4;
  // Chance alone exceeds this many standard deviations once in three million comparisons.
  private static final double DEVIATIONS = 5;

  @TempDir private Path directory;
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

      System.out.println("PHASE start " + System.currentTimeMillis());
      cluster.run("start", "--taskmanagers", "2", "--port", "0");
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
        System.out.println("PHASE wait " + System.currentTimeMillis());
        lists.await(traffic.time(), PATIENCE);
        System.out.println("PHASE got " + System.currentTimeMillis());
        Thread.sleep(STRETCH.toMillis());
        await("a checkpoint", PATIENCE, () -> cluster.log().contains("Completed checkpoint"));

        long killTime = traffic.time();
        long killed = System.currentTimeMillis();
        cluster.part("taskmanager-2").destroyForcibly();
        cluster.run("add");
        System.out.println("PHASE wait " + System.currentTimeMillis());
        lists.await(traffic.time(), PATIENCE);
        System.out.println("PHASE got " + System.currentTimeMillis());
        long back = System.currentTimeMillis();
        assertThat(cluster.log()).contains("Restoring job " + first + " from Checkpoint");
        Thread.sleep(STRETCH.toMillis());

        long stopTime = traffic.time();
        long stopped = System.currentTimeMillis();
        cluster.run("add");
        String savepoint = said("savepoint (\\S+)", cluster.run("savepoint"));
        submit(file, "3", "--from", savepoint);
        System.out.println("PHASE wait " + System.currentTimeMillis());
        lists.await(traffic.time(), PATIENCE);
        System.out.println("PHASE got " + System.currentTimeMillis());
        long rescaled = System.currentTimeMillis();
        Thread.sleep(STRETCH.toMillis());

        traffic.end();
        System.out.println("PHASE end " + System.currentTimeMillis());
        assertThat(feeding.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).failed()).isZero();
        lists.readAll();
        report("kill -9", lists, killed, back);
        report("savepoint, 2 to 3", lists, stopped, rescaled);
        Map<String, Long> degrees = reference.degrees();
        await(
            () -> "the degrees" + ReferenceGraph.difference(topics.degrees(), degrees),
            PATIENCE,
            () -> topics.degrees().equals(degrees));
        System.out.println("PHASE degrees " + System.currentTimeMillis());
        assertThat(topics.positives()).isEqualTo(reference.positives());
        QualityStretch quality = QualityStretch.of(topics);
        System.out.println(traffic.events() + " events; recall of the windows: " + quality);
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
        quality.window: 400
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
            return producer.send(traffic, Replay.atRate(RATE), progress -> {});
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void report(String what, ListTimes lists, long from, long to) {
    long usual = lists.medianAge(from - STRETCH.toMillis() / 2, from);
    ListTimes.Published first = lists.firstAfterPause(from, to);
    ListTimes.Published fresh = lists.firstFresh(first.published(), usual + 1000);
    System.out.printf(
        "%s: the first list after %.1f s, as fresh as before after %s%n",
        what,
        (first.published() - from) / 1000.0,
        fresh == null ? "the end" : "%.1f s".formatted((fresh.published() - from) / 1000.0));
  }

  /**
   * The traffic's tastes do not change, so without a disturbance the recall of a window differs
   * from that of the windows before by chance, or because more has been learned, which only raises
   * it.
   */
  private static void assertNoDent(String what, QualityStretch all, long from, long to) {
    QualityStretch before = all.before(from, WINDOWS);
    QualityStretch after = all.after(from, to, WINDOWS);
    assertThat(before.windows()).hasSize(WINDOWS);
    assertThat(after.windows()).hasSize(WINDOWS);
    double deviation = before.spread() * Math.sqrt(2.0 / WINDOWS);
    System.out.printf(
        "%s: recall %.3f before, %.3f after, %.3f of spread%n",
        what, before.recall(), after.recall(), deviation);
    assertThat(after.recall())
        .as(what + ": before " + before + ", after " + after)
        .isGreaterThan(before.recall() - DEVIATIONS * deviation);
  }
}
