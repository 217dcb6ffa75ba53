// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows a topic from its beginning or from now, in no group: it commits nothing and disturbs
 * nobody. For one thread.
 */
public final class TopicReader implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();

  /** Where to start. */
  public enum From {
    BEGINNING,
    NOW
  }

  /**
   * @param topic an existing topic
   * @throws org.apache.kafka.common.KafkaException if the brokers do not answer or have no such
   *     topic
   */
  public TopicReader(KafkaConnection connection, String topic, From from) {
    Properties properties = connection.clientProperties();
    properties.put("enable.auto.commit", "false");
    properties.put("isolation.level", "read_committed");
    properties.put("allow.auto.create.topics", "false");
    properties.put("default.api.timeout.ms", "10000");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      findPartitions(topic);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
    consumer.assign(partitions);
    if (from == From.BEGINNING) {
      consumer.seekToBeginning(partitions);
    } else {
      consumer.seekToEnd(partitions);
      // Seeking is lazy; ask now, so that "now" is when the reader was made.
      partitions.forEach(consumer::position);
    }
  }

  private void findPartitions(String topic) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw new UnknownTopicOrPartitionException(
          "topic " + topic + " does not exist; start the job once, or create it");
    }
    for (PartitionInfo partition : found) {
      partitions.add(new TopicPartition(topic, partition.partition()));
    }
  }

  /**
   * Goes back, or on, to the last records of the topic.
   *
   * @param records how many at most, over all partitions alike
   */
  public void seekToLast(long records) {
    long each = Math.max(1, records / partitions.size());
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    for (Map.Entry<TopicPartition, Long> end : consumer.endOffsets(partitions).entrySet()) {
      consumer.seek(end.getKey(), Math.max(first.get(end.getKey()), end.getValue() - each));
    }
  }

  /** The next records, in order within a partition; empty when none came in that time. */
  public Iterable<ConsumerRecord<byte[], byte[]>> poll(Duration patience) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(patience);
    return records;
  }

  /** Records in the topic that this reader has not returned yet. */
  public long remaining() {
    long remaining = 0;
    for (Map.Entry<TopicPartition, Long> end : consumer.endOffsets(partitions).entrySet()) {
      remaining += end.getValue() - consumer.position(end.getKey());
    }
    return remaining;
  }

  /** Offsets past the last records of all partitions, added up: how much was ever written. */
  public long written() {
    long written = 0;
    for (long end : consumer.endOffsets(partitions).values()) {
      written += end;
    }
    return written;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
