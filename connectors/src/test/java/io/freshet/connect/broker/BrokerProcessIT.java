// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BrokerProcessIT {

  /** A JVM whose only work is to own a broker; the test kills it. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws Exception {
      BrokerProcess broker = BrokerProcess.start();
      System.out.println("child " + broker.pid() + " at " + broker.bootstrapServers());
      Thread.sleep(Duration.ofMinutes(5).toMillis());
    }
  }

  private static int nodes(String servers) throws Exception {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", servers);
    try (Admin admin = Admin.create(properties)) {
      return admin.describeCluster().nodes().get().size();
    }
  }

  private static List<Path> directoriesOf(long pid) throws Exception {
    // The child's command line ends with its directory.
    String command = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
    return List.of(
        Path.of(
            command
                .substring(command.lastIndexOf('\0', command.length() - 2) + 1)
                .replace("\0", "")));
  }

  @Test
  void aBrokerOnLocalhostServesUntilItIsClosedAndLeavesNothingBehind() throws Exception {
    BrokerProcess broker = BrokerProcess.start();
    Path directory = directoriesOf(broker.pid()).get(0);
    assertThat(broker.bootstrapServers()).startsWith("127.0.0.1:");
    assertThat(nodes(broker.bootstrapServers())).isEqualTo(1);
    assertThat(directory).exists();
    assertThat(broker.cpuNanos()).isPositive();

    broker.close();

    assertThat(broker.isAlive()).isFalse();
    assertThat(directory).doesNotExist();
  }

  @Test
  void anInterruptFromTheTerminalDoesNotStopIt() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start()) {
      new ProcessBuilder("kill", "-INT", Long.toString(broker.pid())).start().waitFor();
      Thread.sleep(1000);
      assertThat(broker.isAlive()).isTrue();
      assertThat(nodes(broker.bootstrapServers())).isEqualTo(1);
    }
  }

  @Test
  void itDiesWithAParentThatIsKilledAndTakesItsDataAlong() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String[] words;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      words = out.readLine().split(" ");
    }
    ProcessHandle child = ProcessHandle.of(Long.parseLong(words[1])).orElseThrow();
    Path directory = directoriesOf(child.pid()).get(0);
    assertThat(nodes(words[3])).isEqualTo(1);

    parent.destroyForcibly().waitFor();

    child.onExit().get(30, TimeUnit.SECONDS);
    assertThat(directory).doesNotExist();
  }
}
