// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.connect.broker.EmbeddedBroker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One message for the faults of the options, the broker and the topics. */
class StartCheckIT {
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker(@TempDir Path directory) throws Exception {
    broker = EmbeddedBroker.start(directory);
    try (Admin admin = admin()) {
      NewTopic compacted =
          new NewTopic("compacted", 1, (short) 1).configs(Map.of("cleanup.policy", "compact"));
      NewTopic model =
          new NewTopic("there.model", 1, (short) 1).configs(Map.of("cleanup.policy", "compact"));
      admin.createTopics(List.of(compacted, model)).all().get();
    }
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void faultsOfOptionsBrokerAndTopicsComeTogether() throws Exception {
    StartCheck check =
        check(
            "lists.sice=3",
            "kafka.grup.id=a",
            "checkpoint.interval=soon",
            "kafka.delivery=exactly-once",
            "kafka.transaction.timeout=1 h",
            "topics.create=false",
            "topic.model=there.model",
            "topic.quality=compacted",
            "topic.control=no spaces");
    check.fault("the caller's own");

    ConfigException thrown = catchThrowableOfType(ConfigException.class, check::ready);

    assertThat(thrown.faults()).isEqualTo(check.faults());
    assertThat(thrown.faults())
        .filteredOn(fault -> !fault.contains("does not exist and topics.create is false"))
        .satisfiesExactlyInAnyOrder(
            fault -> assertThat(fault).startsWith("lists.sice ").endsWith("mean lists.size?"),
            fault -> assertThat(fault).startsWith("kafka.grup.id ").endsWith("kafka.group.id?"),
            fault -> assertThat(fault).startsWith("checkpoint.interval is \"soon\""),
            fault -> assertThat(fault).startsWith("topic.control is \"no spaces\""),
            fault -> assertThat(fault).isEqualTo("the caller's own"),
            fault -> assertThat(fault).startsWith("kafka.transaction.timeout: 3600000 ms is over"),
            fault ->
                assertThat(fault)
                    .startsWith("topic.quality: topic compacted")
                    .contains("cleanup.policy=compact but must have delete"));
    assertThat(thrown.faults())
        .filteredOn(fault -> fault.contains("does not exist and topics.create is false"))
        .anyMatch(fault -> fault.startsWith("topic.interactions: "))
        .noneMatch(fault -> fault.startsWith("topic.model: "));
  }

  @Test
  void aBrokerThatDoesNotAnswerIsToldBesideTheOptions() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }

    StartCheck check = check("kafka.bootstrap.servers=127.0.0.1:" + port, "lists.size=0");

    assertThat(check.faults())
        .satisfiesExactly(
            fault -> assertThat(fault).startsWith("lists.size is \"0\""),
            fault -> assertThat(fault).contains("no broker answers at 127.0.0.1:" + port));
  }

  @Test
  void twoTopicsOfOneNameAreOneFault() {
    assertThat(check("topic.model=same", "topic.quality=same").faults())
        .singleElement()
        .asString()
        .contains("topic.model", "topic.quality", "\"same\"");
  }

  @Test
  void topicsAreMadeOnlyWhereNothingIsWrong() throws Exception {
    String[] made = {"topic.model=made.model", "topic.quality=made.quality"};
    List<String> withFault = new ArrayList<>(List.of(made));
    withFault.add("lists.size=0");

    catchThrowableOfType(ConfigException.class, check(withFault.toArray(new String[0]))::ready);
    assertThat(topics()).doesNotContain("made.model", "made.quality");
    assertThat(check(made).faults()).isEmpty();
    assertThat(topics()).doesNotContain("made.model", "made.quality");

    assertThat(check(made).ready().topics().model()).isEqualTo("made.model");
    assertThat(topics()).contains("made.model", "made.quality");
  }

  @Test
  void aReaderNeedsGoodOptionsButNotTheTopicsOfTheJob() {
    assertThat(check("topic.quality=compacted").readable().topics().quality())
        .isEqualTo("compacted");

    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class, check("topic.quality=compacted", "lists.size=0")::readable);
    assertThat(thrown.faults()).hasSize(2);
  }

  private static StartCheck check(String... settings) {
    List<String> all =
        new ArrayList<>(List.of("kafka.bootstrap.servers=" + broker.bootstrapServers()));
    all.addAll(List.of(settings));
    return new StartCheck(null, all);
  }

  private static Set<String> topics() throws Exception {
    try (Admin admin = admin()) {
      return admin.listTopics().names().get();
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }
}
