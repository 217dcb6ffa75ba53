// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * How far the job is behind the interactions topic, as the brokers see it. The job commits its
 * offsets at checkpoints, so a job that keeps up shows a lag of up to one checkpoint interval.
 */
public final class GroupLag implements AutoCloseable {
  private final Admin admin;
  private final String group;
  private final String topic;

  /** The lag of the connection's job at its interactions topic. */
  public GroupLag(KafkaConnection connection, String topic) {
    Properties properties = connection.clientProperties();
    properties.put("request.timeout.ms", "5000");
    properties.put("default.api.timeout.ms", "5000");
    this.admin = Admin.create(properties);
    this.group = connection.clientName(Topic.INTERACTIONS);
    this.topic = topic;
  }

  /**
   * Records that the topic holds and the job has not committed as read; what expired unread does
   * not count.
   *
   * @throws KafkaException if the brokers do not answer or refuse
   */
  public long records() throws InterruptedException {
    try {
      Map<TopicPartition, OffsetSpec> first = new HashMap<>();
      Map<TopicPartition, OffsetSpec> end = new HashMap<>();
      for (TopicPartitionInfo partition :
          admin.describeTopics(List.of(topic)).topicNameValues().get(topic).get().partitions()) {
        first.put(new TopicPartition(topic, partition.partition()), OffsetSpec.earliest());
        end.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
      }
      return lag(offsets(first), offsets(end));
    } catch (ExecutionException e) {
      throw new KafkaException(
          "the lag of group "
              + group
              + " at topic "
              + topic
              + " could not be read: "
              + e.getCause().getMessage(),
          e.getCause());
    }
  }

  private Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> offsets(
      Map<TopicPartition, OffsetSpec> which) throws ExecutionException, InterruptedException {
    return admin.listOffsets(which).all().get();
  }

  private long lag(
      Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> first,
      Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> end)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    long lag = 0;
    for (TopicPartition partition : end.keySet()) {
      long next = first.get(partition).offset();
      OffsetAndMetadata read = committed.get(partition);
      if (read != null) {
        next = Math.max(next, read.offset());
      }
      lag += Math.max(0, end.get(partition).offset() - next);
    }
    return lag;
  }

  @Override
  public void close() {
    admin.close();
  }
}
