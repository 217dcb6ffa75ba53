// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/**
 * How to reach the brokers and how to write to them.
 *
 * @param bootstrapServers host:port, separated by commas
 * @param groupId prefix of the consumer groups and of the transactional ids
 * @param properties further properties of every client
 * @param delivery what the sinks promise
 * @param transactionTimeout how long a transaction may stay open; at most the broker's maximum
 */
public record KafkaConnection(
    String bootstrapServers,
    String groupId,
    Map<String, String> properties,
    Delivery delivery,
    Duration transactionTimeout)
    implements Serializable {

  /** The properties that every client starts from. */
  public Properties clientProperties() {
    Properties all = new Properties();
    all.putAll(properties);
    all.put("bootstrap.servers", bootstrapServers);
    return all;
  }

  /** What this job's consumer group, or its transactions, at a topic are called. */
  public String clientName(Topic topic) {
    return groupId + "-" + topic.role();
  }
}
