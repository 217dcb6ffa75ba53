// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Checks everything about the brokers that a job relies on, and makes the topics that are missing.
 * Faults are collected, not thrown: a person wants to read all of them at once.
 */
public final class TopicCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String CLEANUP_POLICY = "cleanup.policy";
  private static final String COMPACT = "compact";
  private static final String DELETE = "delete";
  private static final String MAX_TRANSACTION_TIMEOUT = "transaction.max.timeout.ms";

  private final KafkaConnection connection;
  private final TopicNames names;
  private final TopicSettings settings;

  /** A check of these topics on these brokers. */
  public TopicCheck(KafkaConnection connection, TopicNames names, TopicSettings settings) {
    this.connection = connection;
    this.names = names;
    this.settings = settings;
  }

  /** What is wrong; changes nothing. Empty when the job can start. */
  public List<String> faults() {
    return run(false);
  }

  /** What is wrong after the missing topics were made. Empty when the job can start. */
  public List<String> createMissing() {
    return run(settings.create());
  }

  private List<String> run(boolean create) {
    List<String> faults = new ArrayList<>();
    try (Admin admin = Admin.create(adminProperties())) {
      if (!reachable(admin, faults)) {
        return faults;
      }
      for (Map.Entry<String, String> topic : cleanupPolicies().entrySet()) {
        checkTopic(admin, topic.getKey(), topic.getValue(), create, faults);
      }
      if (connection.delivery() == Delivery.EXACTLY_ONCE) {
        checkTransactionTimeout(admin, faults);
      }
    } catch (org.apache.kafka.common.KafkaException e) {
      faults.add(
          "kafka.bootstrap.servers or kafka.properties: no client can be made of them: "
              + rootMessage(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      faults.add("interrupted while asking the brokers");
    }
    return faults;
  }

  private Properties adminProperties() {
    Properties properties = connection.clientProperties();
    properties.put("request.timeout.ms", Long.toString(PATIENCE.toMillis()));
    properties.put("default.api.timeout.ms", Long.toString(PATIENCE.toMillis()));
    return properties;
  }

  /** The topics with the policy that each must have. */
  private Map<String, String> cleanupPolicies() {
    Map<String, String> policies = new LinkedHashMap<>();
    policies.put(names.interactions(), DELETE);
    policies.put(names.deadLetters(), DELETE);
    policies.put(names.control(), COMPACT);
    policies.put(names.recommendations(), COMPACT);
    policies.put(names.model(), COMPACT);
    policies.put(names.codebook(), DELETE);
    policies.put(names.quality(), DELETE);
    return policies;
  }

  private boolean reachable(Admin admin, List<String> faults) throws InterruptedException {
    try {
      admin.describeCluster().nodes().get();
      return true;
    } catch (ExecutionException e) {
      faults.add(
          "kafka.bootstrap.servers: no broker answers at "
              + connection.bootstrapServers()
              + " within "
              + PATIENCE.toSeconds()
              + " s ("
              + rootMessage(e)
              + "); start it or correct the address");
      return false;
    }
  }

  private void checkTopic(
      Admin admin, String topic, String policy, boolean create, List<String> faults)
      throws InterruptedException {
    try {
      String actual = config(admin, ConfigResource.Type.TOPIC, topic).get(CLEANUP_POLICY).value();
      if (!actual.equals(policy)) {
        faults.add(
            "topic %s: its cleanup.policy is %s but must be %s, or %s; alter the topic, or name another in the configuration"
                .formatted(
                    topic,
                    actual,
                    policy,
                    policy.equals(COMPACT)
                        ? "old lists and rows would be lost or kept for ever"
                        : "events would disappear by key"));
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        faults.add("topic " + topic + ": " + problem(e));
      } else if (create) {
        create(admin, topic, policy, faults);
      } else if (!settings.create()) {
        faults.add(
            "topic "
                + topic
                + " does not exist and topics.create is false; create it with cleanup.policy="
                + policy
                + ", or set topics.create: true");
      }
    }
  }

  private void create(Admin admin, String topic, String policy, List<String> faults)
      throws InterruptedException {
    try {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic, settings.partitions(), settings.replicationFactor())
                      .configs(Map.of(CLEANUP_POLICY, policy))))
          .all()
          .get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        faults.add("topic " + topic + " could not be created: " + problem(e));
      }
    }
  }

  private void checkTransactionTimeout(Admin admin, List<String> faults)
      throws InterruptedException {
    try {
      Node node = admin.describeCluster().nodes().get().iterator().next();
      long maximum =
          Long.parseLong(
              config(admin, ConfigResource.Type.BROKER, node.idString())
                  .get(MAX_TRANSACTION_TIMEOUT)
                  .value());
      if (connection.transactionTimeout().toMillis() > maximum) {
        faults.add(
            "kafka.transaction.timeout: "
                + connection.transactionTimeout().toMillis()
                + " ms is over the broker's "
                + MAX_TRANSACTION_TIMEOUT
                + " of "
                + maximum
                + " ms; lower it, or raise the broker's");
      }
    } catch (ExecutionException e) {
      faults.add("the broker's " + MAX_TRANSACTION_TIMEOUT + " could not be read: " + problem(e));
    }
  }

  private static Config config(Admin admin, ConfigResource.Type type, String name)
      throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(type, name);
    return admin.describeConfigs(List.of(resource)).all().get().get(resource);
  }

  private static String problem(ExecutionException e) {
    return e.getCause() instanceof AuthorizationException
        ? "not authorised; grant the client DESCRIBE, DESCRIBE_CONFIGS, CREATE, READ and WRITE"
        : rootMessage(e);
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
