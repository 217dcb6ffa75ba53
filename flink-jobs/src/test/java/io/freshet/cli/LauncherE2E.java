// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code deploy/freshet} as a process of its own, with what the build has laid out. */
@Timeout(120)
class LauncherE2E {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "run",
        "validate",
        "produce",
        "watch",
        "watch recommendations",
        "watch quality",
        "monitor",
        "evaluate",
        "evaluate stream",
        "evaluate split",
        "bench",
        "bench stream",
        "bench kernels",
        "bench encoders",
        "bench lists",
        "bench retrieval",
        "bench memory"
      })
  void everyCommandExplainsItselfWithExamples(String command) throws Exception {
    Launched.Outcome outcome = freshet((command + " --help").trim().split(" "));

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .startsWith(("Usage: freshet " + command).trim())
        .containsPattern("Examples?:|Start here:");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void wrongUsageIsOneMessageAndExitsWithTwo() throws Exception {
    Launched.Outcome outcome = freshet("produce", "--evnts", "x.csv");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("--events").contains("Try: freshet produce --help");
    assertThat(outcome.err()).doesNotContain("\tat ");
  }

  @Test
  void aFailureIsOneMessageAndExitsWithOne() throws Exception {
    Launched.Outcome outcome =
        freshet("produce", "--broker", "127.0.0.1", "--events", "absent.csv");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            """
            freshet: 2 faults:
              - kafka.bootstrap.servers holds "127.0.0.1", but must be host:port, several separated by commas
              - absent.csv: there is no such file
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "watch quality", "monitor --port 0"})
  void faultsOfOptionsAndBrokerAreReportedAtOnceBeforeAnythingStarts(String command)
      throws Exception {
    Path config = directory.resolve("freshet.yaml");
    Files.writeString(config, "lists.sice: 3\nlists.min-interval: often\n");

    Launched.Outcome outcome =
        freshet((command + " --broker=127.0.0.1:9 --config=" + config).split(" "));

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains("3 faults:")
        .contains("no broker answers at 127.0.0.1:9")
        .contains("lists.sice is no option of Freshet; did you mean lists.size?")
        .contains("lists.min-interval is \"often\"")
        .doesNotContain("\tat ");
  }

  @Test
  void aBrokerThatDoesNotAnswerAndAPortThatIsTakenAreEachToldAtOnce() throws Exception {
    Launched.Outcome outcome = freshet("monitor", "--broker=127.0.0.1:9", "--port=0");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("no broker answers at 127.0.0.1:9").doesNotContain("\tat ");

    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      outcome = freshet("monitor", "--broker=127.0.0.1:9", "--port=" + port, "--set=lists.size=0");
    }
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("3 faults:")
        .contains("--port: port ")
        .contains("lists.size is \"0\"")
        .contains("no broker answers at 127.0.0.1:9");
  }

  @Test
  void theDemoReportsWhatItsOwnBrokerForbidsBesideTheOptions() throws Exception {
    Launched.Outcome outcome =
        freshet(
            "demo",
            "--set=lists.sice=3",
            "--set=kafka.delivery=exactly-once",
            "--set=kafka.transaction.timeout=1 h",
            "--set=topics.replication-factor=3");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("lists.sice is no option of Freshet; did you mean lists.size?")
        .contains("kafka.transaction.timeout: 3600000 ms is over the broker's")
        .contains("topic.model: topic freshet.model.v1 does not exist and cannot be created")
        .doesNotContain("\tat ");
  }

  @Test
  void itFindsItselfThroughLinksFromAnyDirectory() throws Exception {
    Path first = Files.createSymbolicLink(directory.resolve("one"), Launched.LAUNCHER);
    Files.createDirectory(directory.resolve("bin"));
    Path second = Files.createSymbolicLink(directory.resolve("bin/freshet"), Path.of("..", "one"));
    assertThat(first).isSymbolicLink();

    Launched.Outcome outcome = run(second, Map.of(), "--version");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).matches("freshet \\d+\\.\\d+.*\\n");
  }

  @Test
  void anOldJavaIsRefusedWithWhatToDo() throws Exception {
    Path java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();

    Launched.Outcome outcome =
        run(
            Launched.LAUNCHER,
            Map.of("JAVA_HOME", directory.resolve("jdk").toString()),
            "--version");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("Java 11").contains("17 or newer").contains("JAVA_HOME");
  }

  private Launched.Outcome freshet(String... arguments) throws Exception {
    return Launched.freshet(directory, arguments).end(60);
  }

  private Launched.Outcome run(Path launcher, Map<String, String> environment, String... arguments)
      throws Exception {
    return Launched.start(launcher, directory, environment, arguments).end(60);
  }
}
