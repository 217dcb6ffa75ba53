// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import io.freshet.connect.Topic;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * What the brokers said last.
 *
 * @param asked whether they were asked at all
 * @param reachable whether they answered
 * @param since when that began, by the clock, milliseconds
 * @param fault why they did not, for a person; null where they did
 * @param ids of the topics that exist
 * @param topicFaults why a topic could not be asked about
 * @param written interactions ever written; -1 where nobody knows
 * @param committed interactions that the job's group has committed; -1 where nobody knows
 * @param lagFault why the lag is not known, for a person; null where it is
 */
record Cluster(
    boolean asked,
    boolean reachable,
    long since,
    String fault,
    Map<Topic, Uuid> ids,
    Map<Topic, String> topicFaults,
    long written,
    long committed,
    String lagFault) {

  /** Before they were asked. */
  static Cluster unknown(long now) {
    return new Cluster(false, true, now, null, Map.of(), Map.of(), -1, -1, null);
  }

  /** The same topics, but now they do not answer. */
  Cluster lost(long now, String why) {
    return new Cluster(
        asked,
        false,
        reachable ? now : since,
        why,
        ids,
        topicFaults,
        -1,
        -1,
        "the brokers do not answer");
  }
}
