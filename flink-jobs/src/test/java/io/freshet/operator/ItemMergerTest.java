// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.Forgetting;
import io.freshet.model.InitialRows;
import io.freshet.model.ModelOptions;
import io.freshet.schema.ItemDelta;
import io.freshet.schema.ItemDelta.Visibility;
import io.freshet.schema.ItemRow;
import io.freshet.schema.RowCompanions;
import io.freshet.schema.RowCounts;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ItemMergerTest {
  private static final ModelOptions MODEL = ModelOptions.defaults();
  private static final long SYNC = 1000;

  private static KeyedOneInputStreamOperatorTestHarness<String, ItemDelta, ItemRow> open(
      long clock, int cachedItems, OperatorSubtaskState from) throws Exception {
    return open(MODEL, clock, cachedItems, from);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, ItemDelta, ItemRow> open(
      ModelOptions model, long clock, int cachedItems, OperatorSubtaskState from) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, ItemDelta, ItemRow> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new ItemMerger(model, InitialRows::hashed, SYNC, cachedItems),
            ItemDelta::itemId,
            Types.STRING);
    harness.setProcessingTime(clock);
    harness.setup();
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
    return harness;
  }

  private static StreamRecord<ItemDelta> delta(String item, int learner, long sequence) {
    float[] gradient = new float[MODEL.width()];
    gradient[0] = 1;
    return new StreamRecord<>(
        new ItemDelta(
            item,
            learner,
            sequence,
            gradient,
            new RowCounts(1, 1, new double[] {1, 1, 1, 1, 1}, 1, 50, 50, 50),
            new RowCompanions(
                new String[] {"before-" + sequence % 3}, new float[] {1}, new float[] {1}),
            Visibility.UNCHANGED));
  }

  /** What was put out, but for the records of companions. */
  private static List<ItemRow> rows(
      KeyedOneInputStreamOperatorTestHarness<String, ItemDelta, ItemRow> merger) {
    return merger.extractOutputValues().stream().filter(row -> !row.isCompanionsPart()).toList();
  }

  @Test
  void companionsLeaveInARecordOfTheirOwnTenIntervalsAfterTheyChanged() throws Exception {
    try (var merger = open(0, 10, null)) {
      merger.processElement(delta("a", 0, 1));
      merger.processElement(delta("a", 0, 2));
      merger.processElement(delta("a", 0, 4));
      merger.setProcessingTime(SYNC);
      merger.processElement(
          new StreamRecord<>(
              new ItemDelta(
                  "a",
                  0,
                  5,
                  new float[MODEL.width()],
                  RowCounts.NONE,
                  RowCompanions.NONE,
                  Visibility.UNCHANGED)));
      merger.setProcessingTime(9 * SYNC);
      assertThat(merger.extractOutputValues())
          .extracting(ItemRow::key)
          .containsExactly("item/a", "item/a");
      merger.setProcessingTime(30 * SYNC);

      List<ItemRow> records = merger.extractOutputValues();
      assertThat(records)
          .extracting(ItemRow::key)
          .containsExactly("item/a", "item/a", "companions/a");
      RowCompanions companions = records.get(2).companions();
      assertThat(companions.items()).containsExactly("before-1", "before-2");
      assertThat(companions.wide()).containsExactly(2, 1);
      assertThat(records.get(2).contains(0)).isEqualTo(5);
      assertThat(records.get(0).companions().items()).isEmpty();
    }
  }

  @Test
  void aRowLeavesOncePerSyncIntervalHoweverOftenItChanged() throws Exception {
    try (var merger = open(0, 10, null)) {
      merger.setProcessingTime(1);
      for (int i = 1; i <= 5; i++) {
        merger.processElement(delta("a", 0, i));
      }
      assertThat(rows(merger)).isEmpty();

      merger.setProcessingTime(SYNC + 1);

      ItemRow row = rows(merger).get(0);
      assertThat(rows(merger)).hasSize(1);
      assertThat(row.counts().degree()).isEqualTo(5);
      assertThat(row.contains(0)).isEqualTo(5);
      assertThat(row.version()).isEqualTo(1);
      assertThat(row.embedding()[0]).isNotZero();

      merger.setProcessingTime(10 * SYNC);
      assertThat(rows(merger)).as("nothing new, nothing said").hasSize(1);
    }
  }

  @Test
  void aRowSaysWhatItHasOfEachLearner() throws Exception {
    try (var merger = open(0, 10, null)) {
      merger.processElement(delta("a", 2, 7));
      merger.processElement(delta("a", 0, 3));
      merger.endInput();

      ItemRow row = rows(merger).get(0);
      assertThat(row.contains(0)).isEqualTo(3);
      assertThat(row.contains(1)).isZero();
      assertThat(row.contains(2)).isEqualTo(7);
      assertThat(row.contains(9)).isZero();
    }
  }

  @Test
  void hidingLeavesAtOnceAndKeepsWhatWasLearned() throws Exception {
    try (var merger = open(0, 10, null)) {
      merger.processElement(delta("a", 0, 1));
      merger.processElement(new StreamRecord<>(ItemDelta.visibility("a", Visibility.HIDE)));
      merger.processElement(new StreamRecord<>(ItemDelta.visibility("a", Visibility.SHOW)));

      List<ItemRow> rows = rows(merger);
      assertThat(rows).extracting(ItemRow::hidden).containsExactly(true, false);
      assertThat(rows).extracting(row -> row.counts().degree()).containsOnly(1L);
      assertThat(rows).extracting(ItemRow::version).containsExactly(1L, 2L);
    }
  }

  @Test
  void rowsThatLeftMemoryComeBackUnchanged() throws Exception {
    try (var tight = open(0, 1, null);
        var roomy = open(0, 100, null)) {
      for (int i = 0; i < 60; i++) {
        StreamRecord<ItemDelta> delta = delta("i" + i % 7, i % 2, i + 1);
        tight.processElement(delta);
        roomy.processElement(delta);
      }
      tight.endInput();
      roomy.endInput();

      assertThat(rows(tight)).usingRecursiveFieldByFieldElementComparator().isEqualTo(rows(roomy));
    }
  }

  @Test
  void everyRowIsPublishedAgainInANewEpochAfterARestore() throws Exception {
    OperatorSubtaskState checkpoint;
    List<ItemRow> lost;
    try (var merger = open(5000, 2, null)) {
      for (String item : List.of("a", "b", "c")) {
        merger.processElement(delta(item, 0, 1));
      }
      merger.prepareSnapshotPreBarrier(1);
      checkpoint = merger.snapshot(1, 1);
      merger.processElement(delta("a", 0, 2));
      merger.endInput();
      lost = rows(merger);
    }
    // The clock was set back: the epoch grows all the same.
    try (var merger = open(4000, 2, checkpoint)) {
      merger.setProcessingTime(4001);

      List<ItemRow> again = rows(merger);
      assertThat(again).extracting(ItemRow::itemId).containsExactlyInAnyOrder("a", "b", "c");
      assertThat(again).extracting(row -> row.counts().degree()).containsOnly(1L);
      assertThat(again)
          .allSatisfy(row -> assertThat(row.epoch()).isGreaterThan(lost.get(0).epoch()));
    }
  }

  private static final ModelOptions FORGETFUL =
      ModelOptions.builder().forgetting(new Forgetting(0, 0, 800)).build();

  private static StreamRecord<ItemDelta> taken(String item, long sequence, long users, long time) {
    return new StreamRecord<>(
        new ItemDelta(
            item,
            0,
            sequence,
            new float[MODEL.width()],
            new RowCounts(
                users, Math.max(0, users), new double[] {users, 0, 0, 0, 0}, 0, time, time, time),
            RowCompanions.NONE,
            Visibility.UNCHANGED));
  }

  private static StreamRecord<ItemDelta> takenBack(String item, long sequence) {
    return new StreamRecord<>(
        new ItemDelta(
            item,
            0,
            sequence,
            new float[0],
            new RowCounts(-1, 0, new double[5], 0, 0, Long.MAX_VALUE, Long.MIN_VALUE),
            RowCompanions.NONE,
            Visibility.UNCHANGED));
  }

  @Test
  void anItemThatNobodyMetLeavesWithTombstonesAndComesBackAnew() throws Exception {
    try (var merger = open(FORGETFUL, 0, 10, null)) {
      merger.processElement(taken("a", 1, 3, 50));
      merger.processElement(taken("b", 1, 1, 550));
      merger.setProcessingTime(SYNC);
      merger.processWatermark(new Watermark(999));
      assertThat(merger.extractOutputValues()).noneMatch(ItemRow::isTombstone);

      merger.processWatermark(new Watermark(1000));

      assertThat(merger.extractOutputValues())
          .filteredOn(ItemRow::isTombstone)
          .extracting(ItemRow::key)
          .containsExactly("companions/a", "item/a");
      merger.processElement(takenBack("a", 2));
      merger.endInput();
      assertThat(rows(merger)).as("an old edge is no event").hasSize(3);

      merger.processElement(taken("a", 3, 1, 1100));
      merger.endInput();

      ItemRow before = rows(merger).get(0);
      ItemRow again = rows(merger).get(3);
      assertThat(again.itemId()).isEqualTo("a");
      assertThat(again.counts().degree()).isEqualTo(1);
      assertThat(again.version()).isGreaterThan(before.version());
    }
  }

  @Test
  void anItemThatIsMetAgainOrHiddenStays() throws Exception {
    try (var merger = open(FORGETFUL, 0, 1, null)) {
      merger.processElement(taken("met", 1, 1, 50));
      merger.processElement(taken("hidden", 2, 1, 50));
      merger.processElement(new StreamRecord<>(ItemDelta.visibility("hidden", Visibility.HIDE)));
      merger.setProcessingTime(SYNC);
      merger.processElement(taken("met", 3, 1, 950));
      merger.setProcessingTime(2 * SYNC);

      merger.processWatermark(new Watermark(1500));

      assertThat(merger.extractOutputValues()).noneMatch(ItemRow::isTombstone);

      merger.processElement(new StreamRecord<>(ItemDelta.visibility("hidden", Visibility.SHOW)));
      merger.processWatermark(new Watermark(1600));
      merger.processWatermark(new Watermark(5000));
      assertThat(merger.extractOutputValues())
          .filteredOn(ItemRow::isTombstone)
          .extracting(ItemRow::key)
          .containsExactly("companions/hidden", "item/hidden", "companions/met", "item/met");
      assertThat(merger.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void whatWasTakenInWithoutATimeToLiveLeavesOnceThereIsOne() throws Exception {
    OperatorSubtaskState checkpoint;
    try (var merger = open(0, 10, null)) {
      merger.processElement(taken("a", 1, 1, 50));
      merger.prepareSnapshotPreBarrier(1);
      checkpoint = merger.snapshot(1, 1);
    }
    try (var merger = open(FORGETFUL, 1, 10, checkpoint)) {
      merger.setProcessingTime(10);
      merger.processWatermark(new Watermark(2000));
      assertThat(merger.extractOutputValues()).filteredOn(ItemRow::isTombstone).hasSize(2);
    }
  }
}
