// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.connect.RecordChecks;
import io.freshet.connect.RecordCounters;
import io.freshet.schema.DeadLetter;
import io.freshet.schema.Decoded;
import io.freshet.schema.EventTypes;
import io.freshet.schema.RecordError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryReaderTest {
  private static final String HEADER = "event_id,user_id,item_id,event_type,timestamp_ms\n";

  private final SplitSerializer splits = new SplitSerializer(new KafkaPartitionSplitSerializer());
  @TempDir private Path directory;
  private HistorySplit all;

  @BeforeEach
  void writeFiles() throws IOException {
    all =
        HistorySplit.of(
            List.of(
                file("1.csv", HEADER + "a,u,i,click,1\nb,u,i\"j,click,2\nc,u,i,click,3\n"),
                file("2.csv", HEADER),
                file(
                    "3.csv",
                    HEADER
                        + "d,u,i,click,1\ne,u,i,teleport,2\nf,\"u\n\",i,click,3\n\n,u,i,click,3"),
                file("4.jsonl", ""),
                file("5.jsonl", "\n{\"event_id\": 1}\n")));
  }

  @Test
  void filesAreReadOneAfterAnotherAndBadLinesAreDeadLettersThatNameFileAndLine()
      throws IOException {
    HistoryReader reader = reader(all);
    List<DeadLetter> letters = new ArrayList<>();
    for (Decoded record = reader.next(); record != null; record = reader.next()) {
      if (record.deadLetter() != null) {
        letters.add(record.deadLetter());
      }
    }

    assertThat(reader.isOver()).isTrue();
    assertThat(reader.next()).isNull();
    assertThat(reader.records()).isEqualTo(8);
    assertThat(letters)
        .extracting(DeadLetter::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).startsWith(path(0) + ", line 3: a quote inside a field"),
            reason -> assertThat(reason).startsWith(path(2) + ", line 3: event_type \"teleport\""),
            reason -> assertThat(reason).isEqualTo(path(2) + ", line 7: event_id is empty"),
            reason -> assertThat(reason).startsWith(path(4) + ", line 2: event_id must be"));
    assertThat(letters)
        .extracting(DeadLetter::error)
        .containsExactly(
            RecordError.MALFORMED,
            RecordError.UNKNOWN_EVENT_TYPE,
            RecordError.MISSING_FIELD,
            RecordError.WRONG_TYPE);
    assertThat(new String(letters.get(2).value(), StandardCharsets.UTF_8))
        .isEqualTo(",u,i,click,3");
    assertThat(letters.get(0).hasOrigin()).isFalse();
  }

  @Test
  void readingGoesOnAtEveryPlaceThatACheckpointMayHold() throws IOException {
    List<String> records = new ArrayList<>();
    HistorySplit place = all;
    while (true) {
      try (HistoryReader reader = reader(place)) {
        Decoded record = reader.next();
        place = reader.place();
        if (record == null) {
          break;
        }
        records.add(record.deadLetter() == null ? record.interaction().eventId() : "a dead letter");
      }
      place = (HistorySplit) splits.deserialize(splits.getVersion(), splits.serialize(place));
    }

    assertThat(records)
        .containsExactly(
            "a", "a dead letter", "c", "d", "a dead letter", "f", "a dead letter", "a dead letter");
    assertThat(place.isOver()).isTrue();
    assertThat(place.earlier()).isEqualTo(8);
  }

  @Test
  void aFileThatIsShorterThanBeforeIsAFaultAndNotTheEnd() throws IOException {
    try (HistoryReader reader = reader(new HistorySplit(all.files(), 0, 4, 0))) {
      assertThatThrownBy(reader::next)
          .hasMessage(path(0) + ": has fewer than the 4 records that were read of it before");
    }
  }

  @Test
  void splitsAndTheEnumeratorsStateComeBackFromTheirBytes() throws IOException {
    TopicSplit partition = new TopicSplit(new KafkaPartitionSplit(new TopicPartition("t", 3), 42));
    assertThat(splits.deserialize(splits.getVersion(), splits.serialize(partition)))
        .isEqualTo(partition);

    StateSerializer states = new StateSerializer(new KafkaSourceEnumStateSerializer());
    for (HistorySplit history : new HistorySplit[] {null, all}) {
      InteractionState state = new InteractionState(history, true, null);
      assertThat(states.deserialize(states.getVersion(), states.serialize(state))).isEqualTo(state);
    }
    KafkaSourceEnumState topic = new KafkaSourceEnumState(new HashSet<>(), true);
    InteractionState read =
        states.deserialize(
            states.getVersion(), states.serialize(new InteractionState(null, false, topic)));
    assertThat(read.past()).isFalse();
    assertThat(read.topic().initialDiscoveryFinished()).isTrue();

    assertThatThrownBy(() -> splits.deserialize(2, new byte[0]))
        .hasMessageContaining("version 2, not 1");
  }

  private HistoryReader reader(HistorySplit from) {
    RecordChecks checks = new RecordChecks(new EventTypes(Map.of("click", 1f), 4), 1000, 1000);
    return new HistoryReader(from, checks, new RecordCounters(new UnregisteredMetricsGroup()));
  }

  private String path(int file) {
    return all.files().get(file);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }
}
