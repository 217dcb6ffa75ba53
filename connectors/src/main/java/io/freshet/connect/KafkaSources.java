// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import io.freshet.schema.Decoded;
import io.freshet.schema.ModelRecord;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * The job's sources. None commits offsets other than at a checkpoint, so what a group has committed
 * lags by up to one checkpoint interval. Each starts from its checkpoint, else from its group's
 * committed offsets, else from the earliest record: what was written while no job ran is not lost.
 */
public final class KafkaSources {
  private final KafkaConnection connection;
  private final boolean bounded;

  /**
   * @param bounded whether the interactions and the orders end with what their topics hold at
   *     start; the model topic never ends, the job writes it
   */
  public KafkaSources(KafkaConnection connection, boolean bounded) {
    this.connection = connection;
    this.bounded = bounded;
  }

  /** What users do, or what could not be used of it. */
  public KafkaSource<Decoded> interactions(String topic, RecordChecks checks) {
    return bounded(builder(topic, Topic.INTERACTIONS, new InteractionDecoder(checks))).build();
  }

  /**
   * The same from the earliest record, whatever the group has committed: between the end of a
   * history and those offsets events might lie that are in neither.
   */
  public KafkaSource<Decoded> allInteractions(String topic, RecordChecks checks) {
    return bounded(builder(topic, Topic.INTERACTIONS, new InteractionDecoder(checks)))
        .setStartingOffsets(OffsetsInitializer.earliest())
        .build();
  }

  /** Orders, or what could not be used of them. */
  public KafkaSource<Decoded> control(String topic) {
    return bounded(builder(topic, Topic.CONTROL, new ControlDecoder())).build();
  }

  /** Item rows that their owners publish, and codebooks. */
  public KafkaSource<ModelRecord> model(String topic) {
    return builder(topic, Topic.MODEL, new ModelRecordDecoder()).build();
  }

  private KafkaSourceBuilder<Decoded> bounded(KafkaSourceBuilder<Decoded> builder) {
    return bounded ? builder.setBounded(OffsetsInitializer.latest()) : builder;
  }

  // Kafka deprecates the class that the connector's own signature asks for.
  @SuppressWarnings("deprecation")
  private <T> KafkaSourceBuilder<T> builder(
      String topic, Topic role, KafkaRecordDeserializationSchema<T> deserializer) {
    String group = connection.clientName(role);
    return KafkaSource.<T>builder()
        .setProperties(connection.clientProperties())
        .setBootstrapServers(connection.bootstrapServers())
        .setTopics(topic)
        .setGroupId(group)
        .setClientIdPrefix(group)
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .setDeserializer(deserializer)
        // Kafka's own consumer metrics collide by name and fill the log.
        .setProperty("register.consumer.metrics", "false")
        // Rows of a transaction that was rolled back were never the model's.
        .setProperty("isolation.level", "read_committed")
        // New partitions are found without a restart.
        .setProperty("partition.discovery.interval.ms", bounded ? "-1" : "60000");
  }
}
