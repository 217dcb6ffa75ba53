// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.history;

import java.util.List;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/** A partition of the interactions topic. */
record TopicSplit(KafkaPartitionSplit partition) implements InteractionSplit {

  static List<InteractionSplit> all(List<KafkaPartitionSplit> partitions) {
    return partitions.stream().<InteractionSplit>map(TopicSplit::new).toList();
  }

  @Override
  public String splitId() {
    return partition.splitId();
  }
}
