// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schema.ScorerDelta;
import io.freshet.schema.ScorerRow;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ScorerMergerTest {

  private static OneInputStreamOperatorTestHarness<ScorerDelta, ScorerRow> open(
      long now, OperatorSubtaskState from) throws Exception {
    OneInputStreamOperatorTestHarness<ScorerDelta, ScorerRow> merger =
        new OneInputStreamOperatorTestHarness<>(new ScorerMerger());
    merger.setProcessingTime(now);
    merger.setup();
    if (from != null) {
      merger.initializeState(from);
    }
    merger.open();
    return merger;
  }

  private static StreamRecord<ScorerDelta> delta(
      int learner, long sequence, float change, float weight) {
    return new StreamRecord<>(
        new ScorerDelta(learner, sequence, new float[] {change, 0}, new float[] {weight, 7}));
  }

  @Test
  void rowsHoldWhatAllLearnersHaveLearnt() throws Exception {
    try (var merger = open(1000, null)) {
      merger.processElement(delta(1, 5, 1, 11));
      merger.setProcessingTime(1001);
      merger.processElement(delta(0, 3, 2, 12));
      merger.processElement(delta(1, 6, 4, 15));
      assertThat(merger.extractOutputValues()).as("the second must wait").hasSize(1);
      merger.setProcessingTime(1025);

      List<ScorerRow> rows = merger.extractOutputValues();
      assertThat(rows).extracting(ScorerRow::epoch).containsOnly(1000L);
      assertThat(rows).extracting(ScorerRow::version).containsExactly(1L, 2L);
      assertThat(rows.get(0).weights()).as("the first delta's").containsExactly(11, 7);
      assertThat(rows.get(0).contains()).containsExactly(0, 5);
      assertThat(rows.get(1).weights()).containsExactly(11 + 2 + 4, 7);
      assertThat(rows.get(1).contains()).containsExactly(3, 6);
      assertThat(rows.get(1).contains(2)).isZero();

      merger.setProcessingTime(9000);
      assertThat(merger.extractOutputValues()).as("nothing is new").hasSize(2);
    }
  }

  @Test
  void aRestoredOneIsOfALaterEpochAndBeginsWithTheFirstLearnersWeights() throws Exception {
    OperatorSubtaskState state;
    try (var merger = open(1000, null)) {
      merger.processElement(delta(0, 1, 1, 5));
      state = merger.snapshot(1, 1);
    }
    try (var merger = open(900, state)) {
      merger.processElement(delta(1, 9, 1, 20));
      merger.setProcessingTime(901);
      ScorerRow row = merger.extractOutputValues().get(0);
      assertThat(row.epoch()).isEqualTo(1001);
      assertThat(row.weights()).containsExactly(20, 7);
      assertThat(row.contains()).containsExactly(0, 9);
    }
  }
}
