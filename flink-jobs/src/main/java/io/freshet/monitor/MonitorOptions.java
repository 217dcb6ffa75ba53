// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import io.freshet.connect.KafkaConnection;
import io.freshet.connect.TopicNames;
import java.util.function.LongSupplier;

/**
 * What a monitor watches and how much it holds.
 *
 * @param kafka how to reach the brokers; its group is the job's
 * @param topics of the job
 * @param users whose lists and events are held at most; about 4 kB each
 * @param taken how many interactions the job has taken of all that were ever written; null where
 *     only what its consumer group has committed can tell
 */
public record MonitorOptions(
    KafkaConnection kafka, TopicNames topics, int users, LongSupplier taken) {

  /** Users that are held unless told otherwise. */
  public static final int DEFAULT_USERS = 20_000;
}
