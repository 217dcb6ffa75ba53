// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;

/**
 * Throws in the middle of a sink's write, and so in the middle of whatever the operator before it
 * was doing: Kafka lets its user choose partitions, and a producer hands on what that choice
 * throws. Named as {@code kafka.properties.partitioner.class}.
 */
public final class ThrowingPartitioner implements Partitioner {
  private static final Map<String, Integer> RECORDS_LEFT = new ConcurrentHashMap<>();

  /** Lets so many further records into a topic, and throws once instead of the next. */
  static void throwAfter(String topic, int records) {
    RECORDS_LEFT.put(topic, records);
  }

  @Override
  public int partition(
      String topic, Object key, byte[] keyBytes, Object value, byte[] bytes, Cluster cluster) {
    Integer left = RECORDS_LEFT.computeIfPresent(topic, (name, before) -> before - 1);
    if (left != null && left < 0) {
      RECORDS_LEFT.remove(topic);
      throw new KafkaException("thrown on purpose at " + topic);
    }
    return Utils.toPositive(Utils.murmur2(keyBytes)) % cluster.partitionCountForTopic(topic);
  }

  @Override
  public void configure(Map<String, ?> options) {
    // Nothing to set.
  }

  @Override
  public void close() {
    // Nothing to release.
  }
}
