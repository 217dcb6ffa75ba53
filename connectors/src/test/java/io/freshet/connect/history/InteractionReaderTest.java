// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.connect.Delivery;
import io.freshet.connect.KafkaConnection;
import io.freshet.connect.KafkaSources;
import io.freshet.connect.RecordChecks;
import io.freshet.schema.Decoded;
import io.freshet.schema.EventTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InteractionReaderTest {
  @TempDir private Path directory;
  private HistorySplit history;
  private final List<Decoded> read = new ArrayList<>();
  private final List<SourceEvent> said = new ArrayList<>();

  @BeforeEach
  void writeFile() throws IOException {
    Path file = directory.resolve("past.csv");
    Files.writeString(
        file, "event_id,user_id,item_id,event_type,timestamp_ms\na,u,i,click,1\nb,u,i,click,2\n");
    history = HistorySplit.of(List.of(file.toString()));
  }

  @Test
  void theHistoryIsOverWhenACompletedCheckpointHoldsItsEndAndNotBefore() throws Exception {
    try (SourceReader<Decoded, InteractionSplit> reader = reader()) {
      reader.start();
      assertThat(reader.isAvailable()).isNotDone();
      reader.addSplits(List.of(history));
      assertThat(reader.isAvailable()).isDone();
      assertThat(reader.pollNext(output())).isEqualTo(InputStatus.MORE_AVAILABLE);
      reader.snapshotState(1);
      reader.pollNext(output());
      assertThat(reader.pollNext(output())).isEqualTo(InputStatus.NOTHING_AVAILABLE);
      assertThat(read)
          .extracting(record -> record.interaction().eventId())
          .containsExactly("a", "b");
      reader.notifyCheckpointComplete(1);
      reader.snapshotState(2);
      reader.notifyCheckpointAborted(2);
      reader.snapshotState(3);
      assertThat(said).isEmpty();

      reader.notifyCheckpointComplete(3);
      reader.snapshotState(4);
      reader.notifyCheckpointComplete(4);
      assertThat(said).containsExactly(new HistoryOver());
    }
  }

  @Test
  void aReaderThatComesBackBehindTheEndSaysSoAtOnceAndOneBeforeItReadsOn() throws Exception {
    List<InteractionSplit> before;
    List<InteractionSplit> behind;
    try (SourceReader<Decoded, InteractionSplit> reader = reader()) {
      reader.addSplits(List.of(history));
      reader.pollNext(output());
      before = reader.snapshotState(1);
      reader.pollNext(output());
      reader.pollNext(output());
      behind = reader.snapshotState(2);
    }

    read.clear();
    try (SourceReader<Decoded, InteractionSplit> reader = reader()) {
      reader.addSplits(before);
      reader.start();
      reader.pollNext(output());
      assertThat(read).extracting(record -> record.interaction().eventId()).containsExactly("b");
      assertThat(said).isEmpty();
    }

    read.clear();
    try (SourceReader<Decoded, InteractionSplit> reader = reader()) {
      reader.addSplits(behind);
      reader.start();
      assertThat(reader.pollNext(output())).isEqualTo(InputStatus.NOTHING_AVAILABLE);
      assertThat(read).isEmpty();
      assertThat(said).containsExactly(new HistoryOver());
    }
  }

  /** A reader whose topic has no partition yet, so that no broker is asked. */
  private SourceReader<Decoded, InteractionSplit> reader() throws Exception {
    KafkaSources sources =
        new KafkaSources(
            new KafkaConnection(
                "127.0.0.1:9", "test", Map.of(), Delivery.AT_LEAST_ONCE, Duration.ofMinutes(1)),
            false);
    RecordChecks checks = new RecordChecks(new EventTypes(Map.of("click", 1f), 4), 1000, 1000);
    return new InteractionSource(List.of(), checks, sources, "topic").createReader(new Context());
  }

  private ReaderOutput<Decoded> output() {
    return new Output(read);
  }

  private final class Context implements SourceReaderContext {
    @Override
    public SourceReaderMetricGroup metricGroup() {
      return UnregisteredMetricsGroup.createSourceReaderMetricGroup();
    }

    @Override
    public Configuration getConfiguration() {
      return new Configuration();
    }

    @Override
    public String getLocalHostName() {
      return "localhost";
    }

    @Override
    public int getIndexOfSubtask() {
      return 0;
    }

    @Override
    public void sendSplitRequest() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent event) {
      said.add(event);
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
    }
  }

  private record Output(List<Decoded> records) implements ReaderOutput<Decoded> {
    @Override
    public void collect(Decoded record) {
      records.add(record);
    }

    @Override
    public void collect(Decoded record, long timestamp) {
      records.add(record);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void markIdle() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void markActive() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SourceOutput<Decoded> createOutputForSplit(String split) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String split) {
      throw new UnsupportedOperationException();
    }
  }
}
