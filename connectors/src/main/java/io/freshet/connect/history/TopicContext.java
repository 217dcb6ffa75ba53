// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/** Where the topic's enumerator sees the source as if it were the topic alone. */
record TopicContext(SplitEnumeratorContext<InteractionSplit> source)
    implements SplitEnumeratorContext<KafkaPartitionSplit> {

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return source.metricGroup();
  }

  @Override
  public void sendEventToSourceReader(int subtask, SourceEvent event) {
    source.sendEventToSourceReader(subtask, event);
  }

  @Override
  public int currentParallelism() {
    return source.currentParallelism();
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return source.registeredReaders();
  }

  @Override
  public void assignSplits(SplitsAssignment<KafkaPartitionSplit> partitions) {
    Map<Integer, List<InteractionSplit>> splits = new HashMap<>();
    partitions
        .assignment()
        .forEach((subtask, assigned) -> splits.put(subtask, TopicSplit.all(assigned)));
    source.assignSplits(new SplitsAssignment<>(splits));
  }

  @Override
  public void signalNoMoreSplits(int subtask) {
    source.signalNoMoreSplits(subtask);
  }

  @Override
  public <T> void callAsync(Callable<T> call, BiConsumer<T, Throwable> handler) {
    source.callAsync(call, handler);
  }

  @Override
  public <T> void callAsync(
      Callable<T> call, BiConsumer<T, Throwable> handler, long firstMillis, long everyMillis) {
    source.callAsync(call, handler, firstMillis, everyMillis);
  }

  @Override
  public void runInCoordinatorThread(Runnable work) {
    source.runInCoordinatorThread(work);
  }

  @Override
  public void setIsProcessingBacklog(boolean backlog) {
    source.setIsProcessingBacklog(backlog);
  }
}
