// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.history;

import io.freshet.connect.ConnectorMetrics;
import io.freshet.connect.RecordChecks;
import io.freshet.connect.RecordCounters;
import io.freshet.schema.Decoded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * Reads the history, if this reader is the one that has it, and then its partitions of the topic,
 * which none of the readers gets before the history is over.
 *
 * <p>A history that has been read stays among the splits for ever: it is what says so after a
 * restart from a checkpoint that the enumerator had made its part of before it heard of the end.
 */
final class InteractionReader implements SourceReader<Decoded, InteractionSplit> {
  private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);
  private static final long NONE = -1;

  private final SourceReaderContext context;
  private final RecordChecks checks;
  private final RecordCounters counters;
  private final SourceReader<Decoded, KafkaPartitionSplit> topic;

  // The topic's reader does not wake up for a history.
  private final CompletableFuture<Void> firstSplit = new CompletableFuture<>();
  private HistoryReader history;
  private long endIsIn = NONE; // the first checkpoint that holds the history's end
  private volatile long records;

  InteractionReader(
      SourceReaderContext context,
      RecordChecks checks,
      SourceReader<Decoded, KafkaPartitionSplit> topic) {
    this.context = context;
    this.checks = checks;
    this.topic = topic;
    counters = new RecordCounters(context.metricGroup());
    context.metricGroup().gauge(ConnectorMetrics.HISTORY_RECORDS, () -> records);
  }

  @Override
  public void start() {
    topic.start();
    if (history != null && history.isOver()) { // it comes from a checkpoint
      context.sendSourceEventToCoordinator(new HistoryOver());
    }
  }

  @Override
  public void addSplits(List<InteractionSplit> splits) {
    List<KafkaPartitionSplit> partitions = new ArrayList<>();
    for (InteractionSplit split : splits) {
      if (split instanceof HistorySplit from) {
        history = new HistoryReader(from, checks, counters);
        records = history.records();
      } else {
        partitions.add(((TopicSplit) split).partition());
      }
    }
    if (!partitions.isEmpty()) {
      topic.addSplits(partitions);
    }
    firstSplit.complete(null);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<Decoded> output) throws Exception {
    if (isReadingHistory()) {
      Decoded record = history.next();
      if (record != null) {
        records = history.records();
        output.collect(record);
        return InputStatus.MORE_AVAILABLE;
      }
    }
    return topic.pollNext(output);
  }

  private boolean isReadingHistory() {
    return history != null && !history.isOver();
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    if (!firstSplit.isDone()) {
      return firstSplit;
    }
    return isReadingHistory() ? NOW : topic.isAvailable();
  }

  @Override
  public List<InteractionSplit> snapshotState(long checkpoint) {
    List<InteractionSplit> splits = new ArrayList<>();
    if (history != null) {
      splits.add(history.place());
      if (history.isOver() && endIsIn == NONE) {
        endIsIn = checkpoint;
      }
    }
    splits.addAll(TopicSplit.all(topic.snapshotState(checkpoint)));
    return splits;
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    topic.notifyCheckpointComplete(checkpoint);
    if (endIsIn != NONE && checkpoint >= endIsIn) {
      endIsIn = Long.MAX_VALUE; // once
      context.sendSourceEventToCoordinator(new HistoryOver());
    }
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) throws Exception {
    topic.notifyCheckpointAborted(checkpoint);
  }

  @Override
  public void notifyNoMoreSplits() {
    topic.notifyNoMoreSplits();
    firstSplit.complete(null);
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    topic.handleSourceEvents(event);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    topic.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void close() throws Exception {
    try {
      closeHistory();
    } finally {
      topic.close();
    }
  }

  private void closeHistory() throws IOException {
    if (history != null) {
      history.close();
    }
  }
}
