// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.connect.broker.BrokerExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TopicCheckIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  private final KafkaConnection connection = BROKER.connection(Delivery.AT_LEAST_ONCE);
  private final TopicNames names = BROKER.topics();

  private TopicCheck check(boolean create) {
    return new TopicCheck(connection, names, new TopicSettings(create, 3, (short) 1));
  }

  private void make(String topic, Map<String, String> configs) throws Exception {
    try (Admin admin = Admin.create(connection.clientProperties())) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(configs))).all().get();
    }
  }

  private List<String> existing() throws Exception {
    try (Admin admin = Admin.create(connection.clientProperties())) {
      List<String> existing = new ArrayList<>();
      for (Topic topic : Topic.values()) {
        if (admin.listTopics().names().get().contains(names.of(topic))) {
          existing.add(names.of(topic));
        }
      }
      return existing;
    }
  }

  @Test
  void missingTopicsAreMadeAsTheyMustBeAndAreFoundGoodAfterwards() throws Exception {
    assertThat(check(true).createMissing()).isEmpty();

    try (Admin admin = Admin.create(connection.clientProperties())) {
      for (Topic topic : Topic.values()) {
        String name = names.of(topic);
        TopicDescription description =
            admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
        assertThat(description.partitions()).hasSize(3);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        assertThat(
                admin
                    .describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get("cleanup.policy")
                    .value())
            .isEqualTo(topic.cleanup().policy());
      }
    }
    assertThat(check(true).createMissing()).isEmpty();
    assertThat(check(false).faults()).isEmpty();
  }

  @Test
  void aCheckThatMayCreateTopicsAsksButCreatesNone() throws Exception {
    assertThat(check(true).faults()).isEmpty();
    assertThat(existing()).isEmpty();
  }

  @Test
  void topicsThatTheBrokersWouldNotMakeAreFaultsBeforeAnyIsMade() throws Exception {
    TopicCheck check = new TopicCheck(connection, names, new TopicSettings(true, 3, (short) 2));
    assertThat(check.faults())
        .hasSize(Topic.values().length)
        .allSatisfy(
            fault ->
                assertThat(fault).contains("topics.replication-factor: 2", "cannot be created"));
    assertThat(existing()).isEmpty();
  }

  @Test
  void everyFaultIsReportedAtOnceWithItsOptionAndRemedy() throws Exception {
    make(names.interactions(), Map.of("cleanup.policy", "compact"));
    make(names.recommendations(), Map.of("cleanup.policy", "delete"));
    make(names.model(), Map.of("cleanup.policy", "compact,delete"));
    make(names.deadLetters(), Map.of("max.message.bytes", "1000"));

    List<String> faults = check(false).createMissing();

    assertThat(faults).hasSize(7);
    assertThat(faults.get(0))
        .startsWith("topic.interactions: topic " + names.interactions())
        .contains("cleanup.policy=compact but must have delete", "kafka-configs.sh");
    assertThat(faults.get(1)).startsWith("topic.dead-letters: ").contains("max.message.bytes=1000");
    assertThat(faults.get(2)).startsWith("topic.recommendations: ").contains("must have compact");
    assertThat(faults.get(3)).startsWith("topic.model: ").contains("cleanup.policy=compact,delete");
    for (int i = 4; i < 7; i++) {
      assertThat(faults.get(i)).contains("does not exist", "topics.create", "kafka-topics.sh");
    }
  }

  @Test
  void noTopicIsMadeWhileSomethingElseIsWrong() throws Exception {
    make(names.quality(), Map.of("cleanup.policy", "compact"));

    assertThat(check(true).createMissing())
        .singleElement()
        .asString()
        .startsWith("topic.quality: ");
    assertThat(existing()).containsExactly(names.quality());
  }

  @Test
  void aNameThatKafkaForbidsIsAFault() {
    TopicNames bad =
        new TopicNames(
            "no spaces",
            names.deadLetters(),
            names.control(),
            names.recommendations(),
            names.model(),
            names.codebook(),
            names.quality());
    assertThat(new TopicCheck(connection, bad, new TopicSettings(true, 1, (short) 1)).faults())
        .singleElement()
        .asString()
        .startsWith("topic.interactions: topic no spaces");
  }

  @Test
  void aTransactionTimeoutOverTheBrokersIsAFaultOnlyWithTransactions() {
    for (Delivery delivery : Delivery.values()) {
      KafkaConnection slow =
          new KafkaConnection(
              BROKER.bootstrapServers(), "slow", Map.of(), delivery, Duration.ofHours(1));
      List<String> faults =
          new TopicCheck(slow, names, new TopicSettings(true, 1, (short) 1)).faults();
      if (delivery == Delivery.EXACTLY_ONCE) {
        assertThat(faults)
            .singleElement()
            .asString()
            .startsWith("kafka.transaction.timeout: 3600000 ms")
            .contains("900000");
      } else {
        assertThat(faults).isEmpty();
      }
    }
  }

  @Test
  void brokersThatDoNotAnswerAreOneFaultAfterTheWait() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    assertUnreachable("127.0.0.1:" + port);
    // Takes connections but says nothing.
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertUnreachable("127.0.0.1:" + silent.getLocalPort());
    }
    assertUnreachable("no-such-host.invalid:9092");
    assertUnreachable("not an address");
  }

  private void assertUnreachable(String servers) {
    KafkaConnection nowhere =
        new KafkaConnection(
            servers, "nowhere", Map.of(), Delivery.EXACTLY_ONCE, Duration.ofMinutes(1));
    TopicSettings settings = new TopicSettings(true, 1, (short) 1);
    Duration patience = Duration.ofSeconds(3);
    long start = System.nanoTime();
    assertThat(new TopicCheck(nowhere, names, settings, patience).faults())
        .singleElement()
        .asString()
        .contains("kafka.bootstrap.servers", servers);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(patience.plus(Duration.ofSeconds(5)));
  }
}
