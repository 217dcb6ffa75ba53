// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks everything about the brokers that a job relies on, and makes the topics that are missing.
 * Faults are collected, not thrown: a person wants to read all of them at once. Each names the
 * option or the topic, what is, what must be, and what to do.
 *
 * <p>Not seen from outside, and so not checked: whether the client may use its transactional ids.
 */
public final class TopicCheck {
  private static final Logger LOG = LoggerFactory.getLogger(TopicCheck.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String MAX_TRANSACTION_TIMEOUT = "transaction.max.timeout.ms";

  private final KafkaConnection connection;
  private final TopicNames names;
  private final TopicSettings settings;
  private final Duration patience;

  /** A check of these topics on these brokers. */
  public TopicCheck(KafkaConnection connection, TopicNames names, TopicSettings settings) {
    this(connection, names, settings, PATIENCE);
  }

  /** With how long a broker may take to answer. */
  TopicCheck(
      KafkaConnection connection, TopicNames names, TopicSettings settings, Duration patience) {
    this.connection = connection;
    this.names = names;
    this.settings = settings;
    this.patience = patience;
  }

  /**
   * What is wrong; changes nothing. Topics that would be made are only asked about. Empty when the
   * job can start.
   */
  public List<String> faults() {
    return run(false);
  }

  /**
   * What is wrong after the missing topics were made; none is made where something else is wrong.
   * Empty when the job can start.
   */
  public List<String> createMissing() {
    return run(true);
  }

  /**
   * Why the brokers cannot be asked, for who reads what is there and needs no topic of the job.
   * Empty when they answer.
   */
  public List<String> unreachable() {
    return ask(this::reachable);
  }

  private List<String> run(boolean create) {
    return ask(
        (admin, faults) -> {
          if (!reachable(admin, faults)) {
            return;
          }
          checkGroups(admin, faults);
          if (connection.delivery() == Delivery.EXACTLY_ONCE) {
            checkTransactionTimeout(admin, faults);
          }
          new TopicInspection(admin, connection, names, settings, patience).run(create, faults);
        });
  }

  /** Something to ask the brokers; adds what is wrong to the faults. */
  private interface Question {
    void ask(Admin admin, List<String> faults) throws InterruptedException;
  }

  private List<String> ask(Question question) {
    List<String> faults = new ArrayList<>();
    try (Admin admin = Admin.create(adminProperties())) {
      question.ask(admin, faults);
    } catch (KafkaException e) {
      faults.add(
          "kafka.bootstrap.servers or kafka.properties: no client can be made of "
              + connection.bootstrapServers()
              + ": "
              + rootMessage(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      faults.add("interrupted while asking the brokers");
    }
    return faults;
  }

  private Properties adminProperties() {
    Properties properties = connection.clientProperties();
    properties.put("request.timeout.ms", Long.toString(patience.toMillis()));
    properties.put("default.api.timeout.ms", Long.toString(patience.toMillis()));
    return properties;
  }

  private boolean reachable(Admin admin, List<String> faults) throws InterruptedException {
    try {
      admin.describeCluster().nodes().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthenticationException) {
        faults.add(
            "kafka.properties: the brokers at "
                + connection.bootstrapServers()
                + " refuse the client's credentials ("
                + rootMessage(e)
                + "); correct them");
      } else {
        faults.add(
            "kafka.bootstrap.servers: no broker answers at "
                + connection.bootstrapServers()
                + " within "
                + patience.toSeconds()
                + " s ("
                + rootMessage(e)
                + "); start it or correct the address");
      }
      return false;
    }
  }

  /** A group that does not exist yet is none of our business; one that is out of bounds is. */
  private void checkGroups(Admin admin, List<String> faults) throws InterruptedException {
    List<String> groups =
        List.of(
            connection.clientName(Topic.INTERACTIONS),
            connection.clientName(Topic.CONTROL),
            connection.clientName(Topic.MODEL));
    for (Map.Entry<String, KafkaFuture<ConsumerGroupDescription>> group :
        admin.describeConsumerGroups(groups).describedGroups().entrySet()) {
      try {
        group.getValue().get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof AuthorizationException) {
          faults.add(
              "kafka.group.id: not authorised for the consumer group "
                  + group.getKey()
                  + "; grant the client READ on the groups that start with "
                  + connection.groupId());
        }
      }
    }
  }

  private void checkTransactionTimeout(Admin admin, List<String> faults)
      throws InterruptedException {
    try {
      Node node = admin.describeCluster().nodes().get().iterator().next();
      ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
      long maximum =
          Long.parseLong(
              admin
                  .describeConfigs(List.of(broker))
                  .all()
                  .get()
                  .get(broker)
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
      // Few clients may read a broker's settings; that must not keep a job from starting.
      LOG.warn(
          "The broker's {} could not be read ({}); if kafka.transaction.timeout is over it, the"
              + " sinks will fail at their first checkpoint.",
          MAX_TRANSACTION_TIMEOUT,
          rootMessage(e));
    }
  }

  static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
