// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** One pass over the topics of a job: one question of each kind to the brokers for all of them. */
final class TopicInspection {
  private static final String CLEANUP_POLICY = "cleanup.policy";
  private static final String MAX_MESSAGE_BYTES = "max.message.bytes";

  private final Admin admin;
  private final KafkaConnection connection;
  private final TopicNames names;
  private final TopicSettings settings;
  private final Duration patience;

  TopicInspection(
      Admin admin,
      KafkaConnection connection,
      TopicNames names,
      TopicSettings settings,
      Duration patience) {
    this.admin = admin;
    this.connection = connection;
    this.names = names;
    this.settings = settings;
    this.patience = patience;
  }

  /**
   * Adds what is wrong to the faults; makes the missing topics if it is to and may. Where there is
   * a fault already, the job will not start, and topics for it are only asked about.
   */
  void run(boolean create, List<String> faults) throws InterruptedException {
    Map<Topic, TopicDescription> existing = new EnumMap<>(Topic.class);
    Set<Topic> missing = EnumSet.noneOf(Topic.class);
    describe(distinctlyNamed(), existing, missing, faults);
    checkAccess(existing, faults);
    checkConfigs(existing.keySet(), faults);
    if (!settings.create()) {
      for (Topic topic : missing) {
        faults.add(
            "%s does not exist and topics.create is false; create it (%s), or set topics.create: true"
                .formatted(subject(topic), creation(topic)));
      }
    } else if (!missing.isEmpty()) {
      boolean make = create && faults.isEmpty();
      Set<String> created = create(missing, !make, faults);
      if (make && !TopicLeaders.await(admin, created, patience)) {
        faults.add(
            "topics %s were created but have no leader after %d s; see the brokers' logs"
                .formatted(String.join(", ", created), patience.toSeconds()));
      }
    }
  }

  private String subject(Topic topic) {
    return topic.option() + ": topic " + names.of(topic);
  }

  private String creation(Topic topic) {
    return "kafka-topics.sh --bootstrap-server %s --create --topic %s --partitions %d --config %s=%s"
        .formatted(
            connection.bootstrapServers(),
            names.of(topic),
            settings.partitions(),
            CLEANUP_POLICY,
            topic.cleanup().policy());
  }

  /** One name for two topics is a fault of the configuration, which is told there. */
  private Set<Topic> distinctlyNamed() {
    Set<String> asked = new HashSet<>();
    Set<Topic> distinct = EnumSet.noneOf(Topic.class);
    for (Topic topic : Topic.values()) {
      if (asked.add(names.of(topic))) {
        distinct.add(topic);
      }
    }
    return distinct;
  }

  private void describe(
      Set<Topic> topics,
      Map<Topic, TopicDescription> existing,
      Set<Topic> missing,
      List<String> faults)
      throws InterruptedException {
    Map<String, KafkaFuture<TopicDescription>> descriptions =
        admin
            .describeTopics(
                namesOf(topics), new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues();
    for (Topic topic : topics) {
      try {
        existing.put(topic, descriptions.get(names.of(topic)).get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          missing.add(topic);
        } else {
          faults.add(subject(topic) + ": " + problem(e, "DESCRIBE"));
        }
      }
    }
  }

  private void checkAccess(Map<Topic, TopicDescription> existing, List<String> faults) {
    for (Map.Entry<Topic, TopicDescription> topic : existing.entrySet()) {
      Set<AclOperation> granted = topic.getValue().authorizedOperations();
      // Brokers that do not say leave it to the first record to find out.
      if (granted == null || granted.isEmpty() || granted.contains(AclOperation.ALL)) {
        continue;
      }
      for (AclOperation needed : topic.getKey().access()) {
        if (!granted.contains(needed)) {
          faults.add(
              "%s: not authorised to %s; grant the client %s on it"
                  .formatted(
                      subject(topic.getKey()),
                      needed == AclOperation.READ ? "read it" : "write to it",
                      needed));
        }
      }
    }
  }

  private void checkConfigs(Set<Topic> topics, List<String> faults) throws InterruptedException {
    List<ConfigResource> resources = new ArrayList<>();
    for (Topic topic : topics) {
      resources.add(resource(topic));
    }
    Map<ConfigResource, KafkaFuture<Config>> configs = admin.describeConfigs(resources).values();
    for (Topic topic : topics) {
      try {
        Config config = configs.get(resource(topic)).get();
        checkCleanup(topic, config.get(CLEANUP_POLICY).value(), faults);
        if (topic == Topic.DEAD_LETTERS) {
          checkRecordSize(topic, config.get(MAX_MESSAGE_BYTES).value(), faults);
        }
      } catch (ExecutionException e) {
        faults.add(
            subject(topic)
                + ": its settings cannot be read: "
                + problem(e, AclOperation.DESCRIBE_CONFIGS.name()));
      }
    }
  }

  private ConfigResource resource(Topic topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, names.of(topic));
  }

  private void checkCleanup(Topic topic, String actual, List<String> faults) {
    String needed = topic.cleanup().policy();
    if (!actual.equals(needed)) {
      faults.add(
          "%s has %s=%s but must have %s, or %s; name another topic, or alter it: %s"
              .formatted(
                  subject(topic),
                  CLEANUP_POLICY,
                  actual,
                  needed,
                  topic.cleanup().otherwise(),
                  alteration(topic, CLEANUP_POLICY, needed)));
    }
  }

  private void checkRecordSize(Topic topic, String actual, List<String> faults) {
    if (Long.parseLong(actual) < DeadLetterFormat.LARGEST_RECORD) {
      faults.add(
          "%s has %s=%s but must take dead letters of %d bytes; alter it: %s"
              .formatted(
                  subject(topic),
                  MAX_MESSAGE_BYTES,
                  actual,
                  DeadLetterFormat.LARGEST_RECORD,
                  alteration(
                      topic,
                      MAX_MESSAGE_BYTES,
                      Integer.toString(DeadLetterFormat.LARGEST_RECORD))));
    }
  }

  private String alteration(Topic topic, String setting, String value) {
    return "kafka-configs.sh --bootstrap-server %s --alter --topic %s --add-config %s=%s"
        .formatted(connection.bootstrapServers(), names.of(topic), setting, value);
  }

  /** Makes topics, or asks the brokers whether they would. Returns the names of those made. */
  private Set<String> create(Set<Topic> topics, boolean onlyAsk, List<String> faults)
      throws InterruptedException {
    List<NewTopic> newTopics = new ArrayList<>();
    for (Topic topic : topics) {
      newTopics.add(
          new NewTopic(names.of(topic), settings.partitions(), settings.replicationFactor())
              .configs(Map.of(CLEANUP_POLICY, topic.cleanup().policy())));
    }
    Map<String, KafkaFuture<Void>> results =
        admin.createTopics(newTopics, new CreateTopicsOptions().validateOnly(onlyAsk)).values();
    Set<String> created = new HashSet<>();
    for (Topic topic : topics) {
      try {
        results.get(names.of(topic)).get();
        created.add(names.of(topic));
      } catch (ExecutionException e) {
        // Another instance may be starting at the same time.
        if (!(e.getCause() instanceof TopicExistsException)) {
          faults.add(
              "%s does not exist and cannot be created with topics.partitions: %d and topics.replication-factor: %d: %s"
                  .formatted(
                      subject(topic),
                      settings.partitions(),
                      settings.replicationFactor(),
                      problem(e, AclOperation.CREATE.name())));
        }
      }
    }
    return created;
  }

  private List<String> namesOf(Set<Topic> topics) {
    List<String> result = new ArrayList<>();
    for (Topic topic : topics) {
      result.add(names.of(topic));
    }
    return result;
  }

  private static String problem(ExecutionException e, String operation) {
    return e.getCause() instanceof AuthorizationException
        ? "not authorised; grant the client " + operation + " on it"
        : TopicCheck.rootMessage(e);
  }
}
