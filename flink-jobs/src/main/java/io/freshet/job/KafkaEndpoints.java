// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import io.freshet.connect.Delivery;
import io.freshet.connect.KafkaConnection;
import io.freshet.connect.KafkaSinks;
import io.freshet.connect.KafkaSources;
import io.freshet.connect.RecordChecks;
import io.freshet.connect.TopicCheck;
import io.freshet.connect.TopicNames;
import io.freshet.connect.TopicSettings;
import io.freshet.connect.history.InteractionSource;
import java.nio.file.Path;
import java.util.List;

/** What a configuration says of Kafka, as the connectors want it. */
public final class KafkaEndpoints {
  private KafkaEndpoints() {}

  /** How to reach the brokers. */
  public static KafkaConnection connection(JobConfig config) {
    JobConfig.Kafka kafka = config.kafka();
    return new KafkaConnection(
        kafka.bootstrapServers(),
        kafka.groupId(),
        kafka.properties(),
        kafka.exactlyOnce() ? Delivery.EXACTLY_ONCE : Delivery.AT_LEAST_ONCE,
        kafka.transactionTimeout());
  }

  /** What the topics are called. */
  public static TopicNames topicNames(JobConfig config) {
    JobConfig.Topics topics = config.topics();
    return new TopicNames(
        topics.interactions(),
        topics.deadLetters(),
        topics.control(),
        topics.recommendations(),
        topics.model(),
        topics.codebook(),
        topics.quality());
  }

  /** The check of the brokers and the topics. */
  public static TopicCheck topicCheck(JobConfig config) {
    JobConfig.Topics topics = config.topics();
    return new TopicCheck(
        connection(config),
        topicNames(config),
        new TopicSettings(topics.create(), topics.partitions(), topics.replicationFactor()));
  }

  /** What an interaction must meet. */
  public static RecordChecks checks(JobConfig config) {
    JobConfig.Events events = config.events();
    return new RecordChecks(events.types(), events.maxBytes(), events.maxFuture().toMillis());
  }

  /**
   * The job's sources and sinks.
   *
   * @param bounded whether the job ends with what the interactions and the control topic hold now;
   *     it then reads no history
   */
  public static Endpoints of(JobConfig config, boolean bounded) {
    JobConfig.Topics topics = config.topics();
    KafkaSources sources = new KafkaSources(connection(config), bounded);
    KafkaSinks sinks = new KafkaSinks(connection(config));
    RecordChecks checks = checks(config);
    List<Path> history = config.events().history().stream().map(Path::of).toList();
    return new Endpoints(
        // Without files it is the same source, so that state fits with and without them.
        bounded
            ? sources.interactions(topics.interactions(), checks)
            : new InteractionSource(history, checks, sources, topics.interactions()),
        sources.control(topics.control()),
        sources.model(topics.model()),
        sinks.recommendations(topics.recommendations()),
        sinks.model(topics.model()),
        sinks.books(topics.model()),
        sinks.scorer(topics.model()),
        sinks.codebook(topics.codebook()),
        sinks.deadLetters(topics.deadLetters()),
        sinks.quality(topics.quality()));
  }
}
