// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static io.freshet.operator.Learners.click;
import static io.freshet.operator.Learners.event;
import static io.freshet.operator.Learners.lists;
import static io.freshet.operator.Learners.side;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.ModelOptions;
import io.freshet.model.codebook.CodebookOptions;
import io.freshet.schema.CodeDelta;
import io.freshet.schema.CodebookRow;
import io.freshet.schema.Decoded;
import io.freshet.schema.ModelRecord;
import io.freshet.schema.RecommendationList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class LearnerCodesTest {
  private static final int DIM = 8;
  private static final int LEVELS = 2;
  private static final int CODES = 3;
  private static final CodebookOptions BOOKS =
      CodebookOptions.builder().levels(LEVELS).codes(CODES).build();

  /** A learner that has learned of two items; nothing it has put out so far is to be seen. */
  private static KeyedTwoInputStreamOperatorTestHarness<
          String, Decoded, ModelRecord[], RecommendationList>
      open(CodebookOptions books, long ignoreRowsBefore, OperatorSubtaskState from)
          throws Exception {
    ModelOptions model = ModelOptions.builder().dim(DIM).codebooks(books).build();
    var learner =
        Learners.open(
            new LearnerSettings(
                model,
                Learners.TYPES,
                1,
                50,
                false,
                100,
                5,
                0,
                true,
                List.of(),
                1,
                1,
                ignoreRowsBefore),
            from);
    if (from == null) {
      // With fewer than two items there is nothing to learn from, and nobody gets a vector.
      learner.processElement1(click("first", "x", 0));
      learner.processElement1(click("first", "y", 0));
      learner.prepareSnapshotPreBarrier(0);
      learner.getOutput().clear();
      if (books != null) {
        learner.getSideOutput(UserLearner.CODES).clear();
      }
    }
    return learner;
  }

  /** Books in which one code of each level stands at zero, where all users are, the others afar. */
  private static StreamRecord<ModelRecord[]> books(long epoch, long version, int near) {
    float[] centroids = new float[LEVELS * CODES * DIM];
    Arrays.fill(centroids, 1e3f);
    for (int level = 0; level < LEVELS; level++) {
      int at = (level * CODES + near) * DIM;
      Arrays.fill(centroids, at, at + DIM, 0);
    }
    return Learners.packed(
        ModelRecord.of(
            new CodebookRow(
                "users",
                epoch,
                version,
                LEVELS,
                CODES,
                DIM,
                centroids,
                new float[LEVELS * CODES],
                1)));
  }

  private static int[] lastPath(
      KeyedTwoInputStreamOperatorTestHarness<String, Decoded, ModelRecord[], RecommendationList>
          learner) {
    List<RecommendationList> lists = lists(learner);
    return lists.get(lists.size() - 1).codePath();
  }

  private static List<CodeDelta> deltas(
      KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> learner) {
    return side(learner.getSideOutput(UserLearner.CODES));
  }

  @Test
  void beforeThereAreBooksUsersHaveNoCodesAndTheirVectorsAreGathered() throws Exception {
    try (var learner = open(BOOKS, 0, null)) {
      learner.processElement1(click("u", "a", 100));
      learner.processElement1(click("v", "b", 200));
      learner.prepareSnapshotPreBarrier(1);

      assertThat(lists(learner)).isNotEmpty();
      assertThat(lists(learner)).allSatisfy(list -> assertThat(list.codePath()).isEmpty());
      CodeDelta delta = deltas(learner).get(0);
      assertThat(delta.version()).isZero();
      assertThat(delta.users()).isEqualTo(2);
      assertThat(delta.eventTime()).isEqualTo(200);
      assertThat(delta.sampleVectors()).hasSize(2 * DIM);
      assertThat(delta.counts()).containsOnly(0);
    }
  }

  @Test
  void aUserWhoActsGetsCodesOfTheNewestBooksAndItsListSaysThem() throws Exception {
    try (var learner = open(BOOKS, 0, null)) {
      learner.processElement1(click("other", "a", 1));
      learner.processElement1(click("other", "b", 2));
      learner.processElement2(books(5, 1, 2));
      learner.processElement1(click("u", "a", 3));
      assertThat(lastPath(learner)).containsExactly(2, 2);

      learner.processElement2(books(5, 2, 1));
      learner.processElement1(click("other", "c", 4));
      learner.processElement1(click("u", "b", 5));
      assertThat(lastPath(learner)).containsExactly(1, 1);

      learner.processElement2(books(6, 1, 0));
      learner.processElement1(click("other", "d", 6));
      learner.processElement1(click("u", "c", 7));
      assertThat(lastPath(learner)).as("a newer epoch wins").containsExactly(0, 0);
    }
  }

  @Test
  void olderBooksAndThoseOfAnotherJobOrShapeAreLeftAside() throws Exception {
    try (var learner = open(BOOKS, 5, null)) {
      learner.processElement1(click("other", "a", 1));
      learner.processElement2(books(4, 9, 0));
      learner.processElement2(
          Learners.packed(
              ModelRecord.of(
                  new CodebookRow("users", 6, 1, 1, 1, DIM, new float[DIM], new float[1], 1))));
      learner.processElement1(click("u", "b", 2));
      assertThat(lastPath(learner)).isEmpty();

      learner.processElement2(books(5, 2, 1));
      learner.processElement2(books(5, 1, 2));
      learner.processElement1(click("other", "c", 3));
      learner.processElement1(click("u", "a", 4));
      assertThat(lastPath(learner)).containsExactly(1, 1);
    }
  }

  @Test
  void statisticsAreSentOnceASecondAndBeforeABarrier() throws Exception {
    try (var learner = open(BOOKS, 0, null)) {
      learner.processElement2(books(5, 1, 1));
      learner.processElement1(click("u", "a", 1));
      learner.setProcessingTime(999);
      learner.processElement1(click("v", "a", 2));
      assertThat(deltas(learner)).isEmpty();

      learner.setProcessingTime(1000);
      learner.processElement1(click("u", "b", 3));
      assertThat(deltas(learner)).hasSize(1);
      CodeDelta delta = deltas(learner).get(0);
      assertThat(delta.users()).isEqualTo(3);
      assertThat(delta.counts()).containsExactly(0, 3, 0, 0, 3, 0);
      assertThat(delta.compared()).as("u had codes at its second event").isEqualTo(1);

      learner.processElement1(click("w", "b", 4));
      learner.prepareSnapshotPreBarrier(1);
      learner.prepareSnapshotPreBarrier(2);
      assertThat(deltas(learner)).extracting(CodeDelta::users).containsExactly(3L, 1L);
    }
  }

  @Test
  void whatWasGatheredByOlderBooksIsDroppedWhenNewerOnesCome() throws Exception {
    try (var learner = open(BOOKS, 0, null)) {
      learner.processElement2(books(5, 1, 1));
      learner.processElement1(click("u", "a", 1));
      learner.processElement2(books(5, 2, 0));
      learner.processElement1(click("v", "a", 2));
      learner.prepareSnapshotPreBarrier(1);

      assertThat(deltas(learner))
          .singleElement()
          .satisfies(
              delta -> {
                assertThat(delta.version()).isEqualTo(2);
                assertThat(delta.users()).isEqualTo(1);
              });
    }
  }

  @Test
  void codesSurviveARestoreAlsoBeforeBooksAreThereAgain() throws Exception {
    OperatorSubtaskState state;
    try (var learner = open(BOOKS, 0, null)) {
      learner.processElement1(click("other", "a", 1));
      learner.processElement2(books(5, 1, 1));
      learner.processElement1(click("u", "b", 2));
      learner.prepareSnapshotPreBarrier(1);
      state = learner.snapshot(1, 1);
    }
    try (var learner = open(BOOKS, 0, state)) {
      learner.processElement1(event("other", "c", "click", 3));
      learner.processElement1(event("u", "c", "impression", 4));
      assertThat(lastPath(learner)).containsExactly(1, 1);

      learner.processElement2(books(6, 1, 2));
      learner.processElement1(click("u", "a", 5));
      learner.prepareSnapshotPreBarrier(2);
      assertThat(lastPath(learner)).containsExactly(2, 2);
      assertThat(deltas(learner)).last().matches(delta -> delta.changedPaths() == 1);
    }
  }

  @Test
  void aUserOfWhomNothingIsKnownHasNoCodes() throws Exception {
    try (var learner = open(BOOKS, 0, null)) {
      learner.processElement1(click("other", "a", 1));
      learner.processElement2(books(5, 1, 1));

      learner.processElement1(event("new", "a", "impression", 2));

      assertThat(lastPath(learner)).isEmpty();
    }
  }

  @Test
  void withoutLevelsThereAreNoCodesAndNothingIsGathered() throws Exception {
    try (var learner = open(null, 0, null)) {
      learner.processElement2(books(5, 1, 1));
      learner.processElement1(click("other", "a", 1));
      learner.processElement1(click("u", "b", 2));
      learner.prepareSnapshotPreBarrier(1);

      assertThat(lastPath(learner)).isEmpty();
      assertThat(deltas(learner)).isEmpty();
    }
  }
}
