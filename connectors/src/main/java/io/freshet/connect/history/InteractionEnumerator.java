// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Hands the history to one reader, and makes the topic's own enumerator when that reader says that
 * the history is over. There is no way back: what the reader says is true of every checkpoint that
 * the job can go back to.
 */
final class InteractionEnumerator implements SplitEnumerator<InteractionSplit, InteractionState> {
  private final SplitEnumeratorContext<InteractionSplit> context;
  private final Supplier<SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState>> afterHistory;
  private final boolean past;
  private HistorySplit history;
  private SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> topic;

  /**
   * @param history what no reader has yet; null when there is none, or a reader has it
   * @param past whether there is a history, or was one
   * @param topic null while there is a history to be read first
   * @param afterHistory makes it when the history is over
   */
  InteractionEnumerator(
      SplitEnumeratorContext<InteractionSplit> context,
      HistorySplit history,
      boolean past,
      SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> topic,
      Supplier<SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState>> afterHistory) {
    this.context = context;
    this.history = history;
    this.past = past;
    this.topic = topic;
    this.afterHistory = afterHistory;
  }

  @Override
  public void start() {
    if (topic != null) {
      topic.start();
    }
  }

  @Override
  public void addReader(int subtask) {
    if (history != null) {
      context.assignSplit(history, subtask);
      history = null;
    }
    if (topic != null) {
      topic.addReader(subtask);
    }
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    if (!(event instanceof HistoryOver)) {
      if (topic != null) {
        topic.handleSourceEvent(subtask, event);
      }
    } else if (topic == null) { // and not after a restart, when the reader says it again
      topic = afterHistory.get();
      topic.start();
    }
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    if (topic != null) {
      topic.handleSplitRequest(subtask, host);
    }
  }

  @Override
  public void addSplitsBack(List<InteractionSplit> splits, int subtask) {
    List<KafkaPartitionSplit> partitions = new ArrayList<>();
    for (InteractionSplit split : splits) {
      if (split instanceof HistorySplit unread) {
        history = unread; // for the first reader that comes
      } else {
        partitions.add(((TopicSplit) split).partition());
      }
    }
    if (topic != null) {
      topic.addSplitsBack(partitions, subtask);
    }
  }

  @Override
  public InteractionState snapshotState(long checkpoint) throws Exception {
    return new InteractionState(
        history, past, topic == null ? null : topic.snapshotState(checkpoint));
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    if (topic != null) {
      topic.notifyCheckpointComplete(checkpoint);
    }
  }

  @Override
  public void close() throws IOException {
    if (topic != null) {
      topic.close();
    }
  }
}
