// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import io.freshet.connect.Delivery;
import io.freshet.connect.KafkaConnection;
import io.freshet.connect.Topic;
import io.freshet.connect.TopicLeaders;
import io.freshet.connect.TopicNames;
import io.freshet.connect.broker.EmbeddedBroker;
import io.freshet.schema.CodebookDrift;
import io.freshet.schema.CodebookDriftJson;
import io.freshet.schema.Interaction;
import io.freshet.schema.InteractionJson;
import io.freshet.schema.QualityWindow;
import io.freshet.schema.QualityWindowJson;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.RecommendationListJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of a job that nobody runs: a test makes them, and writes what a job would write. */
final class MadeTopics implements AutoCloseable {
  final KafkaConnection connection;
  final TopicNames names;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * @param prefix of the topics' names and of the group, so that tests can share a broker
   */
  MadeTopics(EmbeddedBroker broker, String prefix) {
    connection =
        new KafkaConnection(
            broker.bootstrapServers(),
            prefix + "freshet",
            Map.of(),
            Delivery.AT_LEAST_ONCE,
            Duration.ofMinutes(1));
    names =
        new TopicNames(
            prefix + "interactions",
            prefix + "dlq",
            prefix + "control",
            prefix + "recommendations",
            prefix + "model",
            prefix + "codebook",
            prefix + "quality");
    Properties properties = connection.clientProperties();
    admin = Admin.create(properties);
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void create(Topic... topics) throws Exception {
    List<NewTopic> made =
        Arrays.stream(topics)
            .map(
                topic ->
                    new NewTopic(names.of(topic), 2, (short) 1)
                        .configs(Map.of("cleanup.policy", topic.cleanup().policy())))
            .toList();
    admin.createTopics(made).all().get();
    List<String> madeNames = made.stream().map(NewTopic::name).toList();
    if (!TopicLeaders.await(admin, madeNames, Duration.ofSeconds(30))) {
      throw new AssertionError("no leaders of " + madeNames);
    }
  }

  void createAll() throws Exception {
    create(Topic.INTERACTIONS, Topic.RECOMMENDATIONS, Topic.QUALITY, Topic.CODEBOOK);
  }

  void delete(Topic topic) throws Exception {
    admin.deleteTopics(List.of(names.of(topic))).all().get();
  }

  void send(Interaction event) {
    send(Topic.INTERACTIONS, event.userId(), InteractionJson.write(event));
  }

  void send(RecommendationList list) {
    send(Topic.RECOMMENDATIONS, list.userId(), RecommendationListJson.write(list));
  }

  void send(QualityWindow window) {
    send(Topic.QUALITY, window.key(), QualityWindowJson.write(window));
  }

  void send(CodebookDrift drift) {
    send(Topic.CODEBOOK, drift.key(), CodebookDriftJson.write(drift));
  }

  void send(Topic topic, String key, byte[] value) {
    producer.send(
        new ProducerRecord<>(names.of(topic), key.getBytes(StandardCharsets.UTF_8), value));
  }

  void flush() {
    producer.flush();
  }

  /** Lets the job's group commit, in both partitions. */
  void commit(long first, long second) throws Exception {
    admin
        .alterConsumerGroupOffsets(
            connection.clientName(Topic.INTERACTIONS),
            Map.of(
                new TopicPartition(names.interactions(), 0), new OffsetAndMetadata(first),
                new TopicPartition(names.interactions(), 1), new OffsetAndMetadata(second)))
        .all()
        .get();
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    admin.close(Duration.ofSeconds(1));
  }
}
