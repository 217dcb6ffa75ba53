// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.connect.broker.EmbeddedBroker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker with passwords and access rights. */
class TopicAccessIT {
  private static final TopicNames NAMES = TopicNames.defaults();
  private static final TopicSettings CREATE = new TopicSettings(true, 1, (short) 1);

  private static EmbeddedBroker broker;
  private static String servers;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    int controller;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      controller = socket.getLocalPort();
    }
    servers = "127.0.0.1:" + port;
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:ANONYMOUS;User:admin");
    settings.put(
        "listeners",
        "CLIENTS://%s,PLAINTEXT://127.0.0.1:0,CONTROLLER://127.0.0.1:%d"
            .formatted(servers, controller));
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    settings.put(
        "listener.security.protocol.map",
        "CLIENTS:SASL_PLAINTEXT,PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put(
        "listener.name.clients.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " user_admin=\"a\" user_job=\"j\" user_guest=\"g\";");
    broker = EmbeddedBroker.start(directory, settings);
    assertThat(new TopicCheck(as("admin", "a"), NAMES, CREATE).createMissing()).isEmpty();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static KafkaConnection as(String user, String password) {
    return new KafkaConnection(
        servers,
        "freshet",
        Map.of(
            "security.protocol",
            "SASL_PLAINTEXT",
            "sasl.mechanism",
            "PLAIN",
            "sasl.jaas.config",
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(user, password)),
        Delivery.EXACTLY_ONCE,
        Duration.ofMinutes(1));
  }

  private static void grant(Map<String, Set<AclOperation>> topics) throws Exception {
    List<AclBinding> acls = new ArrayList<>();
    topics.forEach(
        (topic, operations) -> {
          for (AclOperation operation : operations) {
            acls.add(
                new AclBinding(
                    new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                    new AccessControlEntry("User:job", "*", operation, AclPermissionType.ALLOW)));
          }
        });
    try (Admin admin = Admin.create(as("admin", "a").clientProperties())) {
      admin.createAcls(acls).all().get();
    }
  }

  @Test
  void wrongCredentialsAreOneFault() {
    assertThat(new TopicCheck(as("job", "wrong"), NAMES, CREATE).faults())
        .singleElement()
        .asString()
        .startsWith("kafka.properties: ")
        .contains("credentials");
  }

  @Test
  void whatTheClientMayNotDoIsReportedForEachTopicAndGroup() {
    List<String> faults = new TopicCheck(as("guest", "g"), NAMES, CREATE).createMissing();

    assertThat(faults)
        .filteredOn(fault -> fault.startsWith("topic."))
        .hasSize(Topic.values().length)
        .allSatisfy(fault -> assertThat(fault).contains("not authorised; grant the client"));
    assertThat(faults)
        .filteredOn(fault -> fault.startsWith("kafka.group.id: "))
        .hasSize(3)
        .allSatisfy(fault -> assertThat(fault).contains("READ on the groups"));
  }

  @Test
  void rightsThatAreMissingOnTopicsThatCanBeSeenAreNamed() throws Exception {
    Set<AclOperation> see = Set.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS);
    Map<String, Set<AclOperation>> rights = new HashMap<>();
    for (Topic topic : Topic.values()) {
      rights.put(NAMES.of(topic), see);
    }
    grant(rights);
    grant(
        Map.of(
            NAMES.interactions(), Set.of(AclOperation.READ),
            NAMES.deadLetters(), Set.of(AclOperation.WRITE),
            NAMES.control(), Set.of(AclOperation.READ),
            NAMES.model(), Set.of(AclOperation.READ),
            NAMES.codebook(), Set.of(AclOperation.WRITE),
            NAMES.quality(), Set.of(AclOperation.WRITE)));

    List<String> faults = new TopicCheck(as("job", "j"), NAMES, CREATE).faults();

    assertThat(faults)
        .filteredOn(fault -> fault.startsWith("topic."))
        .satisfiesExactlyInAnyOrder(
            fault ->
                assertThat(fault)
                    .startsWith("topic.recommendations: ")
                    .contains("not authorised to write to it; grant the client WRITE"),
            fault ->
                assertThat(fault).startsWith("topic.model: ").contains("grant the client WRITE"));
  }
}
