// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.history;

import org.apache.flink.api.connector.source.SourceSplit;

/** A part of what users do: the history as a whole, or a partition of the topic. */
sealed interface InteractionSplit extends SourceSplit permits HistorySplit, TopicSplit {}
