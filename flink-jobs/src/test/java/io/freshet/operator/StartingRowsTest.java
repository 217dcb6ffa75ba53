// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static io.freshet.operator.Learners.click;
import static io.freshet.operator.Learners.current;
import static io.freshet.operator.Learners.erase;
import static io.freshet.operator.Learners.event;
import static io.freshet.operator.Learners.lists;
import static io.freshet.operator.Learners.open;
import static io.freshet.operator.Learners.settings;
import static io.freshet.operator.Learners.side;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.ModelOptions;
import io.freshet.model.TrainedRows;
import io.freshet.schema.Decoded;
import io.freshet.schema.ItemDelta;
import io.freshet.schema.ItemRow;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.RowCompanions;
import io.freshet.schema.RowCounts;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Learners and mergers whose rows start from tables. */
class StartingRowsTest {
  private static final long TIME = 1_000;
  private static final LearnerSettings SETTINGS = settings(1, 100, false);

  // The letters' rows are axes; "fan" likes b the most, then c, and had a.
  private static final StartingRows TABLES =
      options ->
          TrainedRows.builder(options, TIME, 3, 4)
              .item("a", axis(options, 0))
              .item("b", axis(options, 1))
              .item("c", axis(options, 2))
              .user("fan", row(options, 1, 3, 2), new String[] {"a"})
              .user("other", row(options, 0, 0, 0), new String[] {"b", "c"})
              .user("third", row(options, 0, 0, 0), new String[] {"a", "c"})
              .user("fourth", row(options, 0, 0, 0), new String[] {"b", "b"})
              .build();

  private static float[] axis(ModelOptions options, int at) {
    float[] row = new float[options.dim()];
    row[at] = 1;
    return row;
  }

  private static float[] row(ModelOptions options, float... values) {
    float[] row = new float[options.dim()];
    System.arraycopy(values, 0, row, 0, values.length);
    return row;
  }

  private static StreamRecord<Decoded> look(String user, String item, long time) {
    return event(user, item, "impression", time);
  }

  @Test
  void aKnownUsersFirstEventBringsTheListOfTheTables() throws Exception {
    try (var learner = open(SETTINGS, TABLES, null)) {
      learner.processElement1(look("fan", "z", TIME + 1));

      RecommendationList list = lists(learner).get(0);
      assertThat(current(lists(learner)).get("fan")).containsExactly("b", "c");
      assertThat(list.reason()).isEqualTo(RecommendationList.Reason.EVENT);
    }
  }

  @Test
  void aRestoredLearnerGoesOnFromWhatWasLearntAndTakesTheRestFromTheTables() throws Exception {
    OperatorSubtaskState checkpoint;
    List<RecommendationList> before;
    try (var learner = open(SETTINGS, TABLES, null)) {
      for (int i = 0; i < 30; i++) {
        learner.processElement1(click("fan", "b", TIME + 1 + i));
        learner.processElement1(click("new", "c", TIME + 1 + i));
      }
      learner.prepareSnapshotPreBarrier(1);
      checkpoint = learner.snapshot(1, 1);
      learner.processElement1(look("fan", "z", TIME + 100));
      learner.processElement1(look("other", "z", TIME + 100));
      before = lists(learner);
    }
    try (var learner = open(SETTINGS, TABLES, checkpoint)) {
      learner.processElement1(look("fan", "y", TIME + 100));
      learner.processElement1(look("other", "z", TIME + 100));

      List<RecommendationList> after = lists(learner);
      assertThat(current(after).get("other")).isEqualTo(current(before).get("other"));
      assertThat(current(after)).as("fan has a and b: c alone, as before").doesNotContainKey("fan");
      assertThat(last(after, "other").items()).isEqualTo(last(before, "other").items());
    }
  }

  @Test
  void aCheckpointHoldsTheRowsThatWereTouchedAlone() throws Exception {
    LearnerSettings looking = settings(1, 100, false);
    OperatorSubtaskState empty;
    try (var learner = open(looking, TABLES, null)) {
      learner.prepareSnapshotPreBarrier(1);
      empty = learner.snapshot(1, 1);
    }
    OperatorSubtaskState nothing;
    try (var learner = open(looking, null)) {
      learner.prepareSnapshotPreBarrier(1);
      nothing = learner.snapshot(1, 1);
    }

    assertThat(empty.getManagedOperatorState().getStateSize())
        .isEqualTo(nothing.getManagedOperatorState().getStateSize());
  }

  @Test
  void anErasedUserOfTheTablesDoesNotComeBack() throws Exception {
    OperatorSubtaskState checkpoint;
    try (var learner = open(SETTINGS, TABLES, null)) {
      learner.processElement1(erase("fan", TIME + 1));

      List<ItemDelta> deltas = side(learner.getSideOutput(UserLearner.DELTAS));
      assertThat(deltas).extracting(ItemDelta::itemId).containsExactly("a");
      assertThat(deltas).extracting(delta -> delta.counts().degree()).containsExactly(-1L);
      learner.processElement1(look("fan", "z", TIME + 2));
      assertThat(current(lists(learner)).get("fan"))
          .as("a stranger's list: everything, by popularity")
          .containsExactlyInAnyOrder("a", "b", "c");
      learner.prepareSnapshotPreBarrier(1);
      checkpoint = learner.snapshot(1, 1);
    }
    try (var learner = open(SETTINGS, TABLES, checkpoint)) {
      learner.processElement1(erase("fan", TIME + 3));
      assertThat(side(learner.getSideOutput(UserLearner.DELTAS))).isEmpty();
      learner.processElement1(look("fan", "z", TIME + 4));
      assertThat(current(lists(learner)).get("fan")).containsExactlyInAnyOrder("a", "b", "c");
    }
  }

  @Test
  void anOwnersRowStartsFromTheTablesOnce() throws Exception {
    OperatorSubtaskState checkpoint;
    try (var merger = merger(null)) {
      merger.processElement(degreeChange("a", 1));
      merger.endInput();
      ItemRow row = merger.extractOutputValues().get(0);
      assertThat(row.counts().degree()).as("2 in the tables and 1").isEqualTo(3);
      assertThat(row.embedding()[0]).isEqualTo(1);
      assertThat(row.counts().popularity()).containsOnly(2);
      merger.prepareSnapshotPreBarrier(1);
      checkpoint = merger.snapshot(1, 1);
    }
    try (var merger = merger(checkpoint)) {
      merger.processElement(degreeChange("a", 2));
      merger.endInput();
      assertThat(merger.extractOutputValues())
          .last()
          .extracting(row -> row.counts().degree())
          .isEqualTo(4L);
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, ItemDelta, ItemRow> merger(
      OperatorSubtaskState from) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new ItemMerger(ModelOptions.defaults(), TABLES, 1000, 10),
            ItemDelta::itemId,
            Types.STRING);
    harness.setup();
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
    return harness;
  }

  private static StreamRecord<ItemDelta> degreeChange(String item, long sequence) {
    return new StreamRecord<>(
        new ItemDelta(
            item,
            0,
            sequence,
            new float[0],
            new RowCounts(1, 0, new double[0], 0, 0, TIME, TIME),
            RowCompanions.NONE,
            ItemDelta.Visibility.UNCHANGED));
  }

  private static RecommendationList last(List<RecommendationList> lists, String user) {
    return lists.stream()
        .filter(list -> list.userId().equals(user))
        .reduce((first, second) -> second)
        .orElseThrow();
  }
}
