// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import io.freshet.connect.KafkaConnection;
import io.freshet.connect.Topic;
import io.freshet.connect.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the brokers which topics exist and how far the job's consumer group is. For one thread. */
final class ClusterProbe implements AutoCloseable {
  /** The topics that a monitor follows. */
  static final List<Topic> FOLLOWED =
      List.of(Topic.INTERACTIONS, Topic.RECOMMENDATIONS, Topic.QUALITY, Topic.CODEBOOK);

  private static final String PATIENCE_MILLIS = "4000";

  private final Admin admin;
  private final TopicNames names;
  private final String group;
  private final Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
  private Cluster last;

  ClusterProbe(KafkaConnection connection, TopicNames names, long now) {
    Properties properties = connection.clientProperties();
    properties.put("request.timeout.ms", PATIENCE_MILLIS);
    properties.put("default.api.timeout.ms", PATIENCE_MILLIS);
    admin = Admin.create(properties);
    this.names = names;
    group = connection.clientName(Topic.INTERACTIONS);
    last = Cluster.unknown(now);
  }

  /** Asks. */
  Cluster ask(long now) throws InterruptedException {
    Map<Topic, Uuid> ids = new EnumMap<>(Topic.class);
    Map<Topic, String> faults = new EnumMap<>(Topic.class);
    try {
      admin.describeCluster().nodes().get();
      describe(ids, faults);
    } catch (ExecutionException e) {
      last = last.lost(now, reason(e));
      return last;
    }
    long written = -1;
    long committed = -1;
    String lagFault = null;
    try {
      written = written();
      committed = written < 0 ? -1 : committed();
      if (committed < 0) {
        lagFault = "the group " + group + " has committed nothing yet: no checkpoint so far";
      }
    } catch (ExecutionException e) {
      lagFault =
          e.getCause() instanceof AuthorizationException
              ? "not authorised for the group " + group + "; grant the client DESCRIBE on it"
              : reason(e);
    }
    last =
        new Cluster(
            true,
            true,
            last.reachable() ? last.since() : now,
            null,
            ids,
            faults,
            written,
            committed,
            lagFault);
    return last;
  }

  private void describe(Map<Topic, Uuid> ids, Map<Topic, String> faults)
      throws InterruptedException, ExecutionException {
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin.describeTopics(FOLLOWED.stream().map(names::of).toList()).topicNameValues();
    ends.clear();
    for (Topic topic : FOLLOWED) {
      try {
        TopicDescription description = answers.get(names.of(topic)).get();
        ids.put(topic, description.topicId());
        if (topic == Topic.INTERACTIONS) {
          for (TopicPartitionInfo partition : description.partitions()) {
            ends.put(
                new TopicPartition(description.name(), partition.partition()), OffsetSpec.latest());
          }
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof AuthorizationException) {
          faults.put(topic, "not authorised; grant the client DESCRIBE and READ on it");
        } else if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
  }

  private long written() throws InterruptedException, ExecutionException {
    if (ends.isEmpty()) {
      return -1;
    }
    long written = 0;
    for (ListOffsetsResultInfo end : admin.listOffsets(ends).all().get().values()) {
      written += end.offset();
    }
    return written;
  }

  private long committed() throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    List<OffsetAndMetadata> ofTopic = new ArrayList<>();
    for (TopicPartition partition : ends.keySet()) {
      OffsetAndMetadata offset = offsets.get(partition);
      if (offset != null) {
        ofTopic.add(offset);
      }
    }
    return ofTopic.isEmpty() ? -1 : ofTopic.stream().mapToLong(OffsetAndMetadata::offset).sum();
  }

  private static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
