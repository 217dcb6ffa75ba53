// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import io.freshet.connect.Topic;
import io.freshet.connect.broker.EmbeddedBroker;
import io.freshet.schema.ControlEvent;
import io.freshet.schema.ControlEventJson;
import io.freshet.schema.Interaction;
import io.freshet.schema.InteractionJson;
import io.freshet.schema.ItemRow;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.RecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real job on a real broker, with fresh topics; what tests feed it and read from it. */
final class RunningJob implements AutoCloseable {
  final JobConfig config;
  final LocalCluster cluster;
  final TopicContents topics;
  private LocalJob job;
  private final KafkaProducer<byte[], byte[]> producer;

  RunningJob(EmbeddedBroker broker, Map<String, String> options) throws Exception {
    Configuration configuration = new Configuration();
    String id = UUID.randomUUID().toString().substring(0, 8);
    configuration.setString("kafka.bootstrap.servers", broker.bootstrapServers());
    configuration.setString("kafka.group.id", "freshet-" + id);
    for (Topic topic : Topic.values()) {
      configuration.setString(topic.option(), id + "." + topic.defaultName());
    }
    configuration.setString("topics.partitions", "2");
    configuration.setString("web.port", "0");
    configuration.setString("job.parallelism", "1");
    configuration.setString("checkpoint.interval", "500 ms");
    configuration.setString("merger.sync.interval", "100 ms");
    configuration.setString("quality.sample", "1");
    options.forEach(configuration::setString);
    config = JobConfig.of(configuration);
    topics = new TopicContents(config);
    List<String> faults = KafkaEndpoints.topicCheck(config).createMissing();
    if (!faults.isEmpty()) {
      throw new IllegalStateException(faults.toString());
    }
    Properties properties = KafkaEndpoints.connection(config).clientProperties();
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    cluster = LocalCluster.start(config);
  }

  void start() throws Exception {
    start(UnaryOperator.identity());
  }

  void start(UnaryOperator<Endpoints> between) throws Exception {
    start(between, null);
  }

  /** Starts from a savepoint. */
  void start(String from) throws Exception {
    start(UnaryOperator.identity(), from);
  }

  /** Starts from a savepoint, or anew where there is none, with something between. */
  void start(UnaryOperator<Endpoints> between, String from) throws Exception {
    Endpoints endpoints = between.apply(KafkaEndpoints.of(config, false));
    job = cluster.submit(new FreshetJob(config, endpoints)::addTo, from);
  }

  /** Stops with a savepoint, to be started from again. */
  String stop() throws Exception {
    return job.stop();
  }

  /** Where the job stands; throws what it failed with, if it has. */
  JobStatus status() throws Exception {
    JobStatus status = job.status();
    if (status == JobStatus.FAILED) {
      job.await(1000);
    }
    return status;
  }

  void send(Interaction event) {
    sendRaw(event.userId(), InteractionJson.write(event));
  }

  void sendRaw(String key, byte[] value) {
    producer.send(
        new ProducerRecord<>(
            config.topics().interactions(), key == null ? null : utf8(key), value));
  }

  void send(ControlEvent order) {
    producer.send(
        new ProducerRecord<>(
            config.topics().control(), utf8(order.key()), ControlEventJson.write(order)));
    producer.flush();
  }

  void flush() {
    producer.flush();
  }

  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    return topics.records(topic);
  }

  Map<String, RecommendationList> lists() throws RecordException {
    return topics.lists();
  }

  Map<String, ItemRow> rows() throws RecordException {
    return topics.rows();
  }

  /** Waits until something holds; fails with its name when it does not come to hold. */
  static void await(String what, Duration patience, Condition condition) throws Exception {
    await(() -> what, patience, condition);
  }

  /** The same, with a description that is made only when it fails. */
  static void await(Callable<String> what, Duration patience, Condition condition)
      throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not happen within " + patience + ": " + what.call());
      }
      Thread.sleep(100);
    }
  }

  /** What is waited for. */
  interface Condition {
    boolean holds() throws Exception;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws Exception {
    producer.close();
    if (job != null) {
      job.close();
    }
    cluster.close();
  }
}
