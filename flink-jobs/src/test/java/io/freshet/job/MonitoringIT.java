// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static io.freshet.job.RunningJob.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.freshet.connect.broker.EmbeddedBroker;
import io.freshet.job.MonitoringFiles.Query;
import io.freshet.job.PromQl.Selector;
import io.freshet.schema.Interaction;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real job on a real broker tells Prometheus, and whether that is what is asked for. */
@Timeout(180)
class MonitoringIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int USERS = 20;
  private static final int EVENTS = 400;
  private static final String BOOKS = "flink_taskmanager_job_task_operator_books_codebook_";

  private static EmbeddedBroker broker;
  private static RunningJob job;
  private static int port;
  private static Exposition exported;

  @BeforeAll
  static void runAJob(@TempDir Path directory) throws Exception {
    broker = EmbeddedBroker.start(directory);
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    job =
        new RunningJob(
            broker,
            Map.of(
                "metrics.prometheus.port",
                Integer.toString(port),
                "job.parallelism",
                "2",
                "codebook.refit.min-users",
                "10",
                "codebook.refit.interval",
                "10 ms"));
    job.start();
    long time = System.currentTimeMillis() - 1000;
    for (int i = 0; i < EVENTS; i++) {
      String user = "u" + i % USERS;
      job.send(Interaction.of("e" + i, user, "i" + (i * 7) % 23, "click", time + i));
    }
    job.sendRaw("u0", RunningJob.utf8("no event"));
    job.flush();
    await("a list for each user", PATIENCE, () -> job.lists().size() == USERS);
    await(
        () -> "still missing: " + missing(Exposition.scrape(port)),
        PATIENCE,
        () -> missing(Exposition.scrape(port)).isEmpty());
    await(
        "all events are learned, and the codebooks fitted",
        PATIENCE,
        () -> {
          Exposition now = Exposition.scrape(port);
          return events(now) == EVENTS && now.sum(BOOKS + "version") > 0;
        });
    exported = Exposition.scrape(port);
  }

  @AfterAll
  static void end() throws Exception {
    if (job != null) {
      job.close();
    }
    broker.close();
  }

  private static double events(Exposition exposition) {
    return exposition.sum("flink_taskmanager_job_task_operator_events");
  }

  /** What a dashboard or a rule asks for and no sample answers. */
  private static List<String> missing(Exposition exposition) {
    List<String> missing = new ArrayList<>();
    for (Query query : MonitoringFiles.queries()) {
      for (Selector selector : query.read().selectors()) {
        if (!ExportedNames.PROMETHEUS.contains(selector.metric())
            && exposition.samples().stream().noneMatch(selector::matches)) {
          missing.add(query.where() + ": " + selector);
        }
      }
    }
    return missing;
  }

  @Test
  void everySelectorOfADashboardOrARuleFindsASample() {
    assertThat(missing(exported)).isEmpty();
  }

  @Test
  void everyLabelThatIsGroupedByOrShownIsThere() {
    Set<String> labels = new TreeSet<>(Set.of("job", "instance"));
    exported.samples().forEach(sample -> labels.addAll(sample.labels().keySet()));

    for (Query query : MonitoringFiles.queries()) {
      assertThat(labels).as(query.where()).containsAll(query.read().labels());
      assertThat(labels).as(query.where()).containsAll(query.labels());
    }
  }

  @Test
  void theNamesMadeOfTheConstantsAreThoseExported() {
    Set<String> read = new TreeSet<>();
    for (Query query : MonitoringFiles.queries()) {
      query.read().selectors().forEach(selector -> read.add(selector.metric()));
    }
    read.removeAll(ExportedNames.PROMETHEUS);

    assertThat(exported.names()).containsAll(read);
    assertThat(read).allMatch(ExportedNames::contains);
  }

  @Test
  void theValuesAreThoseOfTheJob() {
    assertThat(events(exported)).isEqualTo(EVENTS);
    assertThat(exported.sum("flink_taskmanager_job_task_operator_deserializer_records_decoded"))
        .isEqualTo(EVENTS);
    assertThat(exported.sum("flink_taskmanager_job_task_operator_dead_letters")).isEqualTo(1);
    assertThat(
            exported.sum(
                "flink_taskmanager_job_task_operator_deserializer_records_refused_malformed"))
        .isEqualTo(1);
    assertThat(exported.sum("flink_taskmanager_job_task_operator_lists")).isPositive();
    assertThat(exported.sum("flink_jobmanager_job_numRestarts")).isZero();
    assertThat(exported.sum(BOOKS + "refits")).isPositive();
    assertThat(exported.sum("flink_taskmanager_job_task_operator_books_level_codebook_perplexity"))
        .isGreaterThan(1);
  }

  @Test
  void nobodyOutsideOfThisMachineIsAnswered() throws IOException {
    List<InetAddress> others = new ArrayList<>();
    NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .forEach(others::add);
    assumeThat(others).isNotEmpty();

    for (InetAddress other : others) {
      try (Socket socket = new Socket()) {
        assertThatThrownBy(() -> socket.connect(new InetSocketAddress(other, port), 2000))
            .as(other.toString())
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aPortThatIsTakenIsSaidAtTheStart() {
    assertThatThrownBy(() -> LocalCluster.start(job.config))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("metrics.prometheus.port")
        .hasMessageContaining(Integer.toString(port));
  }
}
