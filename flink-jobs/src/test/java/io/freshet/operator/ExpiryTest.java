// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static io.freshet.operator.Learners.click;
import static io.freshet.operator.Learners.current;
import static io.freshet.operator.Learners.event;
import static io.freshet.operator.Learners.lists;
import static io.freshet.operator.Learners.open;
import static io.freshet.operator.Learners.side;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.Forgetting;
import io.freshet.model.ModelOptions;
import io.freshet.schema.Decoded;
import io.freshet.schema.ItemDelta;
import io.freshet.schema.ModelRecord;
import io.freshet.schema.RecommendationList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ExpiryTest {
  private static final long TTL = 8000;
  private static final long STEP = TTL / 8;

  private static LearnerSettings settings(Forgetting forgetting, int cachedUsers) {
    ModelOptions model = ModelOptions.builder().dim(8).forgetting(forgetting).build();
    return new LearnerSettings(
        model, Learners.TYPES, 1, 50, false, cachedUsers, 5, 0, true, List.of(), 1, 1, 0);
  }

  private static LearnerSettings edges() {
    return settings(new Forgetting(TTL, 0, 0), 100);
  }

  /** Adds what was sent of the items' degrees since the output was last looked at. */
  private static void add(
      KeyedTwoInputStreamOperatorTestHarness<String, Decoded, ModelRecord[], RecommendationList>
          learner,
      Map<String, Long> degrees) {
    for (ItemDelta delta : side(learner.getSideOutput(UserLearner.DELTAS))) {
      degrees.merge(delta.itemId(), delta.counts().degree(), Long::sum);
    }
  }

  private static Map<String, Long> degrees(
      KeyedTwoInputStreamOperatorTestHarness<String, Decoded, ModelRecord[], RecommendationList>
          learner) {
    Map<String, Long> degrees = new HashMap<>();
    add(learner, degrees);
    return degrees;
  }

  @Test
  void aUserWhoNeverActsAgainGivesItsEdgesBackAndLeaves() throws Exception {
    try (var learner = open(edges(), null)) {
      learner.processElement1(click("u1", "a", 100));
      learner.processElement1(click("u1", "b", 100 + 3 * STEP));
      learner.processElement1(click("u2", "a", 100 + 3 * STEP));
      assertThat(learner.numEventTimeTimers()).isEqualTo(3);

      learner.processWatermark1(new Watermark(STEP + TTL));

      assertThat(degrees(learner)).containsEntry("a", 1L).containsEntry("b", 1L);
      assertThat(current(lists(learner)).get("u1")).isNotNull();

      learner.processWatermark1(new Watermark(4 * STEP + TTL));

      assertThat(degrees(learner)).containsEntry("a", 0L).containsEntry("b", 0L);
      assertThat(current(lists(learner))).containsEntry("u1", null).containsEntry("u2", null);
      assertThat(learner.numEventTimeTimers()).isZero();
      assertThat(learner.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aUserHasOneTimerForEachStepInWhichItActs() throws Exception {
    try (var learner = open(edges(), null)) {
      for (int i = 0; i < 100; i++) {
        learner.processElement1(click("u1", "i" + i, STEP + i));
      }
      assertThat(learner.numEventTimeTimers()).isEqualTo(1);
    }
  }

  @Test
  void whatIsTakenBackIsTakenBackOnceAcrossARestore() throws Exception {
    Map<String, Long> degrees = new HashMap<>();
    OperatorSubtaskState checkpoint;
    try (var learner = open(edges(), null)) {
      learner.processElement1(click("u1", "a", 100));
      learner.processElement1(click("u2", "a", 5 * STEP));
      learner.prepareSnapshotPreBarrier(1);
      checkpoint = learner.snapshot(1, 1);
      add(learner, degrees);
      learner.processWatermark1(new Watermark(STEP + TTL)); // lost
    }
    try (var learner = open(edges(), checkpoint)) {
      learner.processWatermark1(new Watermark(STEP + TTL));
      learner.processWatermark1(new Watermark(2 * STEP + TTL));
      assertThat(degrees(learner)).containsExactly(Map.entry("a", -1L));
      learner.processElement1(click("u1", "a", 3 * STEP + TTL));
      add(learner, degrees);
    }
    assertThat(degrees).as("its old edge is gone, the new one counts").containsEntry("a", 1L + 1);
  }

  @Test
  void theEndOfABoundedInputIsNoTime() throws Exception {
    try (var learner = open(settings(new Forgetting(TTL, 0, TTL), 100), null)) {
      learner.processElement1(click("u1", "a", 100));
      learner.processWatermark1(new Watermark(100));
      learner.processWatermark1(Watermark.MAX_WATERMARK);
      learner.endInput1();

      assertThat(degrees(learner)).containsEntry("a", 1L);
      assertThat(lists(learner)).noneMatch(RecommendationList::isTombstone);
    }
  }

  @Test
  void anItemThatNobodyMeetsLeavesTheLists() throws Exception {
    try (var learner = open(settings(new Forgetting(0, 0, TTL), 100), null)) {
      learner.processElement1(click("u1", "old", 100));
      learner.processElement1(click("u1", "young", 5 * STEP));
      learner.processElement1(event("u2", "none", "impression", 6 * STEP));
      assertThat(current(lists(learner)).get("u2")).contains("old", "young");

      learner.processWatermark1(new Watermark(2 * STEP + TTL));
      learner.processElement1(event("u2", "none", "impression", 2 * STEP + TTL + 1));
      assertThat(current(lists(learner)).get("u2")).containsExactly("young");
    }
  }

  @Test
  void degreesStayExactWhileUsersLeaveMemoryAndItemsTheTable() throws Exception {
    LearnerSettings settings = settings(new Forgetting(0, 0, TTL), 3);
    Map<String, Long> degrees = new HashMap<>();
    Map<String, Map<String, Long>> reference = new HashMap<>();
    Random random = new Random(5);
    OperatorSubtaskState checkpoint = null;
    long time = 0;
    for (int run = 0; run < 4; run++) {
      try (var learner = open(settings, checkpoint)) {
        for (int e = 0; e < 600; e++) {
          time += 30;
          String user = "u" + random.nextInt(12);
          String item = "i" + (time / 300 + random.nextInt(20));
          learner.processElement1(click(user, item, time));
          reference.computeIfAbsent(user, id -> new HashMap<>()).put(item, time);
          if (e % 10 == 0) {
            learner.processWatermark1(new Watermark(time));
          }
        }
        learner.prepareSnapshotPreBarrier(run);
        checkpoint = learner.snapshot(run, run);
        add(learner, degrees);
      }
    }
    long end = time + 4 * TTL;
    try (var learner = open(settings, checkpoint)) {
      for (int u = 0; u < 6; u++) {
        learner.processElement1(click("u" + u, "last", end));
      }
      learner.processWatermark1(new Watermark(end));
      add(learner, degrees);
    }
    assertThat(degrees).hasSizeGreaterThan(200).containsEntry("last", 6L);
    degrees.remove("last");
    assertThat(degrees).allSatisfy((item, degree) -> assertThat(degree).as(item).isZero());
  }
}
