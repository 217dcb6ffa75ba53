// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.history;

import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;

/**
 * What an {@link InteractionEnumerator} must not forget.
 *
 * @param history a history that no reader has; null when there is none, or a reader has it
 * @param past whether there is a history, or was one
 * @param topic which partitions are read; null while there is a history to be read first
 */
record InteractionState(HistorySplit history, boolean past, KafkaSourceEnumState topic) {}
