// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * Waits until new topics can be used. A broker may not know a topic yet that another has just made,
 * and a source would fail on that. It may also know it before it takes records: a producer whose
 * first batch is turned away then and whose second is not never gets the first one in (KAFKA-15591,
 * brokers up to 4.2).
 */
public final class TopicLeaders {
  private static final long POLL_MILLIS = 20;

  private TopicLeaders() {}

  /** Returns whether, within that time, the leaders of all partitions of all topics answered. */
  public static boolean await(Admin admin, Collection<String> topics, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!answer(admin, topics)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  /** Whether each partition has a leader, and that one has opened its log. */
  private static boolean answer(Admin admin, Collection<String> topics)
      throws InterruptedException {
    try {
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      for (TopicDescription topic : admin.describeTopics(topics).allTopicNames().get().values()) {
        for (TopicPartitionInfo partition : topic.partitions()) {
          if (partition.leader() == null || partition.leader().isEmpty()) {
            return false;
          }
          ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
        }
      }
      admin.listOffsets(ends).all().get();
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }
}
