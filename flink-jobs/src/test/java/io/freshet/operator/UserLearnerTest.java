// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static io.freshet.operator.Learners.click;
import static io.freshet.operator.Learners.current;
import static io.freshet.operator.Learners.erase;
import static io.freshet.operator.Learners.event;
import static io.freshet.operator.Learners.lists;
import static io.freshet.operator.Learners.open;
import static io.freshet.operator.Learners.outcomes;
import static io.freshet.operator.Learners.settings;
import static io.freshet.operator.Learners.side;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.schema.InteractionJson;
import io.freshet.schema.ItemDelta;
import io.freshet.schema.ItemRow;
import io.freshet.schema.ModelRecord;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.RecordError;
import io.freshet.schema.RowCompanions;
import io.freshet.schema.RowCounts;
import io.freshet.schema.TestOutcome;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class UserLearnerTest {

  @Test
  void aMiniStepStartsWhenEnoughEventsHaveCome() throws Exception {
    try (var learner = open(settings(3, 100, false), null)) {
      learner.processElement1(click("u1", "a", 1));
      learner.processElement1(click("u2", "b", 2));
      assertThat(lists(learner)).isEmpty();

      learner.processElement1(click("u3", "c", 3));

      assertThat(current(lists(learner))).containsOnlyKeys("u1", "u2", "u3");
    }
  }

  @Test
  void aMiniStepStartsWhenTheFirstEventHasWaitedLongEnough() throws Exception {
    try (var learner = open(settings(100, 100, false), null)) {
      learner.setProcessingTime(1000);
      learner.processElement1(click("u1", "a", 1));
      learner.processElement1(click("u2", "b", 1));
      learner.setProcessingTime(1049);
      assertThat(lists(learner)).isEmpty();

      learner.setProcessingTime(1050);

      assertThat(current(lists(learner))).containsOnlyKeys("u1", "u2");
    }
  }

  @Test
  void nothingIsBufferedBehindABarrier() throws Exception {
    try (var learner = open(settings(100, 100, false), null)) {
      learner.processElement1(click("u1", "a", 1));
      learner.processElement1(click("u2", "b", 2));

      learner.prepareSnapshotPreBarrier(1);

      assertThat(lists(learner)).hasSize(2);
      assertThat(deltas(learner)).extracting(ItemDelta::itemId).contains("a", "b");
    }
  }

  @Test
  void theEndOfInputFlushesAndSaysSo() throws Exception {
    try (var learner = open(settings(100, 100, false), null)) {
      learner.processElement1(click("u1", "a", 1));
      learner.processElement1(click("u2", "b", 1));
      learner.endInput1();

      assertThat(lists(learner)).hasSize(2);
      assertThat(outcomes(learner)).last().matches(TestOutcome::isEndOfStream);
    }
  }

  @Test
  void eventsOfOneMomentAreAllTestedBeforeAnyIsLearned() throws Exception {
    try (var learner = open(settings(1, 100, true), null)) {
      learner.processElement1(click("u1", "a", 1));
      learner.processElement1(click("u2", "a", 1));
      learner.processElement1(click("u3", "a", 2));
      learner.processElement1(click("u4", "a", 3));

      assertThat(outcomes(learner))
          .filteredOn(outcome -> outcome.model().equals(TestOutcome.FRESHET))
          .extracting(TestOutcome::rank)
          .as("a is unknown throughout its first moment, then the only item")
          .containsExactly(TestOutcome.UNRANKED, TestOutcome.UNRANKED, 1);
    }
  }

  @Test
  void onlyAUsersFirstPositiveWithAnItemIsTested() throws Exception {
    try (var learner = open(settings(1, 100, false), null)) {
      learner.processElement1(event("u1", "a", "impression", 1));
      learner.processElement1(click("u1", "a", 2));
      learner.processElement1(click("u1", "a", 3));
      learner.processElement1(event("u1", "a", "cancel", 4));

      assertThat(outcomes(learner))
          .extracting(TestOutcome::model)
          .containsExactly("freshet", "popularity");
    }
  }

  @Test
  void theYardstickRanksByNumberOfUsersWithoutTheUsersOwn() throws Exception {
    try (var learner = open(settings(1, 100, false), null)) {
      for (int i = 0; i < 3; i++) {
        learner.processElement1(click("fan" + i, "first", i));
        learner.processElement1(click("fan" + i, "second", i));
      }
      learner.processElement1(click("fan0", "third", 4));
      learner.processElement1(click("u", "first", 5));

      learner.processElement1(click("u", "third", 6));

      assertThat(outcomes(learner)).last().isEqualTo(new TestOutcome("popularity", 2, true, 6));
    }
  }

  @Test
  void aNewUserGetsWhatIsPopularNow() throws Exception {
    try (var learner = open(settings(1, 100, false), null)) {
      for (int i = 0; i < 5; i++) {
        learner.processElement1(click("fan" + i, "hit", i));
      }
      learner.processElement1(click("fan0", "rare", 10));

      learner.processElement1(event("new", "poster", "impression", 11));

      RecommendationList list = lists(learner).get(lists(learner).size() - 1);
      assertThat(list.userId()).isEqualTo("new");
      assertThat(list.reason()).isEqualTo(RecommendationList.Reason.COLD_START);
      assertThat(current(List.of(list)).get("new")).containsExactly("hit", "rare");
    }
  }

  @Test
  void whatANewUserWasShownBringsWhatOthersTookAfterIt() throws Exception {
    try (var learner = open(settings(1, 100, false), null)) {
      for (int i = 0; i < 5; i++) {
        learner.processElement1(click("fan" + i, "hit", i));
        learner.processElement1(click("fan" + i, "sequel", i));
        learner.processElement1(click("other" + i, "film", i));
      }

      learner.processElement1(event("new", "hit", "impression", 11));

      assertThat(current(lists(learner)).get("new")).startsWith("sequel").contains("hit", "film");
    }
  }

  @Test
  void seenItemsLeaveTheNextListAndReturnWhenTakenBack() throws Exception {
    try (var learner = open(settings(1, 100, false), null)) {
      learner.processElement1(click("other", "a", 1));
      learner.processElement1(click("other", "b", 2));
      learner.processElement1(click("u", "a", 3));
      assertThat(current(lists(learner)).get("u")).containsExactly("b");

      learner.processElement1(event("u", "a", "cancel", 4));
      assertThat(current(lists(learner)).get("u")).containsExactlyInAnyOrder("a", "b");
    }
  }

  @Test
  void aListIsPublishedOnlyWhenItChanged() throws Exception {
    try (var learner = open(settings(1, 100, false), null)) {
      learner.processElement1(click("other", "a", 1));
      learner.processElement1(event("u", "a", "impression", 2));
      int published = lists(learner).size();

      learner.processElement1(event("u", "a", "impression", 3));

      assertThat(lists(learner)).hasSize(published);
    }
  }

  @Test
  void aListWithinTheIntervalFollowsWhenTheIntervalIsOver() throws Exception {
    try (var learner = open(settings(1000, List.of()), null)) {
      learner.processElement1(click("other", "a", 0));
      learner.processElement1(click("other", "b", 0));
      learner.processElement1(event("u", "a", "impression", 100));
      assertThat(current(lists(learner)).get("u")).containsExactlyInAnyOrder("a", "b");

      learner.processElement1(click("u", "a", 200));
      assertThat(current(lists(learner)).get("u")).as("too early").hasSize(2);

      learner.processWatermark1(new Watermark(1100));
      learner.setProcessingTime(learner.getProcessingTime() + 50);

      assertThat(current(lists(learner)).get("u")).containsExactly("b");
      assertThat(lists(learner))
          .last()
          .extracting(RecommendationList::reason)
          .isEqualTo(RecommendationList.Reason.REFRESH);
    }
  }

  @Test
  void excludedAndHiddenItemsAreInNoList() throws Exception {
    try (var learner = open(settings(0, List.of("banned")), null)) {
      for (String item : List.of("banned", "hidden", "fine")) {
        learner.processElement1(click("other", item, 1));
      }
      learner.processElement2(row("hidden", 1, true));

      learner.processElement1(event("u", "fine", "impression", 2));

      assertThat(current(lists(learner)).get("u")).containsExactly("fine");
    }
  }

  @Test
  void seenItemsStayWhereAnOptionSaysSo() throws Exception {
    try (var learner = open(Learners.showingSeen(), null)) {
      learner.processElement1(click("other", "b", 1));
      learner.processElement1(click("u", "a", 2));

      assertThat(current(lists(learner)).get("u")).containsExactlyInAnyOrder("a", "b");
    }
  }

  @Test
  void anErasedUserIsForgottenAndTakenOutOfDegrees() throws Exception {
    try (var learner = open(settings(1, 100, false), null)) {
      learner.processElement1(click("u", "a", 1));
      learner.processElement1(click("u", "b", 2));
      learner.prepareSnapshotPreBarrier(1);
      assertThat(learner.numKeyedStateEntries()).as("the user and its edges").isEqualTo(2);
      deltas(learner);

      learner.processElement1(erase("u", 3));
      learner.prepareSnapshotPreBarrier(2);

      assertThat(lists(learner)).last().matches(RecommendationList::isTombstone);
      assertThat(learner.numKeyedStateEntries()).isZero();
      assertThat(deltas(learner))
          .filteredOn(delta -> delta.counts().degree() < 0)
          .extracting(ItemDelta::itemId)
          .containsExactlyInAnyOrder("a", "b");
    }
  }

  @Test
  void usersComeBackFromTheStateBackendAsTheyLeft() throws Exception {
    List<RecommendationList> roomy = run(settings(1, 100, false), null);
    List<RecommendationList> tight = run(settings(1, 1, false), null);

    assertThat(current(tight)).isEqualTo(current(roomy));
    assertThat(tight)
        .extracting(RecommendationList::items)
        .isEqualTo(roomy.stream().map(RecommendationList::items).toList());
  }

  @Test
  void aUserWhoOnlyLookedComesBackFromTheStateBackendAndLearns() throws Exception {
    try (var learner = open(settings(1, 1, false), null)) {
      learner.processElement1(event("looker", "a", "impression", 1));
      learner.processElement1(click("other", "a", 2));
      learner.processElement1(click("other", "b", 3));

      learner.processElement1(click("looker", "a", 4));

      assertThat(current(lists(learner)).get("looker")).containsExactly("b");
    }
  }

  private static List<RecommendationList> run(LearnerSettings settings, OperatorSubtaskState from)
      throws Exception {
    try (var learner = open(settings, from)) {
      for (int i = 0; i < 200; i++) {
        learner.processElement1(click("u" + i % 7, "i" + (i * i) % 23, i));
      }
      return lists(learner);
    }
  }

  @Test
  void aRestoredLearnerKnowsItsUsersAndItems() throws Exception {
    OperatorSubtaskState checkpoint;
    try (var learner = open(settings(1, 100, false), null)) {
      for (int i = 0; i < 100; i++) {
        learner.processElement1(click("u" + i % 5, "i" + i % 20, i));
      }
      learner.prepareSnapshotPreBarrier(1);
      checkpoint = learner.snapshot(1, 100);
    }
    try (var learner = open(settings(1, 100, false), checkpoint)) {
      learner.processElement1(click("u0", "new", 200));

      RecommendationList list = lists(learner).get(0);
      assertThat(list.reason()).isEqualTo(RecommendationList.Reason.EVENT);
      assertThat(current(List.of(list)).get("u0"))
          .as("items of other users, none of its own")
          .hasSize(5)
          .doesNotContain("i0", "i5", "i10", "i15", "new");
      assertThat(deltas(learner))
          .filteredOn(delta -> delta.counts().degree() != 0)
          .as("nothing is counted twice")
          .extracting(ItemDelta::itemId)
          .containsExactly("new");
    }
  }

  @Test
  void aLateEventIsLearnedInItsPlaceAndCounted() throws Exception {
    try (var learner = open(settings(1, 100, false), null)) {
      learner.processElement1(click("u", "a", 100));
      learner.processElement1(click("other", "late", 100));
      learner.processElement1(click("other", "b", 100));
      learner.processWatermark1(new Watermark(90));

      learner.processElement1(click("u", "late", 10));

      assertThat(current(lists(learner)).get("u")).containsExactly("b");
      assertThat(deltas(learner)).extracting(ItemDelta::itemId).contains("late");
    }
  }

  @Test
  void rowsOfAnEarlierJobAreIgnored() throws Exception {
    LearnerSettings settings =
        new LearnerSettings(
            Learners.settings().model(),
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
            7);
    try (var learner = open(settings, null)) {
      learner.processElement1(click("other", "a", 1));
      learner.processElement2(row("ghost", 6, false));
      learner.processElement1(event("u", "a", "impression", 2));
      assertThat(current(lists(learner)).get("u")).containsExactly("a");

      learner.processElement2(row("known", 7, false));
      learner.processElement1(event("v", "a", "impression", 3));
      assertThat(current(lists(learner)).get("v")).containsExactlyInAnyOrder("a", "known");
    }
  }

  private static StreamRecord<ModelRecord[]> row(String item, long epoch, boolean hidden) {
    int width = Learners.settings().model().width();
    return Learners.packed(
        ModelRecord.of(
            new ItemRow(
                item,
                epoch,
                1,
                new float[width],
                0,
                new RowCounts(1, 1, new double[] {1}, 1, 1, 1, 1),
                RowCompanions.NONE,
                hidden,
                new long[0])));
  }

  private static List<ItemDelta> deltas(
      KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> learner) {
    return side(learner.getSideOutput(UserLearner.DELTAS));
  }

  @Test
  void aNewItemBeyondTheLimitBecomesADeadLetter() throws Exception {
    try (var learner = open(Learners.withItemCapacity(1), null)) {
      learner.processElement1(click("u", "a", 1));
      learner.processElement1(click("u", "b", 2));

      assertThat(side(learner.getSideOutput(UserLearner.DEAD_LETTERS)))
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.error()).isEqualTo(RecordError.ITEM_LIMIT);
                assertThat(letter.reason()).contains("\"b\"").contains("items.max");
                assertThat(InteractionJson.read(letter.value()).itemId()).isEqualTo("b");
              });
    }
  }
}
