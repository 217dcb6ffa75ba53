// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.InitialRows;
import io.freshet.model.ModelOptions;
import io.freshet.schema.ControlEvent;
import io.freshet.schema.Decoded;
import io.freshet.schema.EventTypes;
import io.freshet.schema.Interaction;
import io.freshet.schema.ModelRecord;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.ScoredItem;
import io.freshet.schema.TestOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** Learners in the harness, and what tests say to them. */
final class Learners {
  static final EventTypes TYPES =
      new EventTypes(
          Map.of("click", 1f, "impression", 0f, "cancel", -1f, EventTypes.RATING, 1f), 4);

  private Learners() {}

  static LearnerSettings settings() {
    return new LearnerSettings(
        ModelOptions.defaults(), TYPES, 4, 50, false, 100, 5, 0, true, List.of(), 1, 1, 0);
  }

  static LearnerSettings settings(int batchSize, int cachedUsers, boolean groupByTime) {
    return new LearnerSettings(
        ModelOptions.defaults(),
        TYPES,
        batchSize,
        50,
        groupByTime,
        cachedUsers,
        5,
        0,
        true,
        List.of(),
        1,
        1,
        0);
  }

  static LearnerSettings settings(long listIntervalMillis, List<String> excluded) {
    return new LearnerSettings(
        ModelOptions.defaults(),
        TYPES,
        1,
        50,
        false,
        100,
        5,
        listIntervalMillis,
        true,
        excluded,
        1,
        1,
        0);
  }

  static LearnerSettings showingSeen() {
    return new LearnerSettings(
        ModelOptions.defaults(), TYPES, 1, 50, false, 100, 5, 0, false, List.of(), 1, 1, 0);
  }

  static LearnerSettings withItemCapacity(int items) {
    ModelOptions model = ModelOptions.builder().itemCapacity(items).build();
    return new LearnerSettings(model, TYPES, 1, 50, false, 100, 5, 0, true, List.of(), 1, 1, 0);
  }

  /** An open learner that knows nothing yet; close it. */
  /** Model records as they come to a learner. */
  static StreamRecord<ModelRecord[]> packed(ModelRecord... records) {
    return new StreamRecord<>(records);
  }

  static KeyedTwoInputStreamOperatorTestHarness<String, Decoded, ModelRecord[], RecommendationList>
      open(LearnerSettings settings, OperatorSubtaskState from) throws Exception {
    return open(settings, InitialRows::hashed, from);
  }

  /** An open learner whose rows start from these; close it. */
  static KeyedTwoInputStreamOperatorTestHarness<String, Decoded, ModelRecord[], RecommendationList>
      open(LearnerSettings settings, StartingRows start, OperatorSubtaskState from)
          throws Exception {
    KeyedTwoInputStreamOperatorTestHarness<String, Decoded, ModelRecord[], RecommendationList>
        harness =
            new KeyedTwoInputStreamOperatorTestHarness<>(
                new UserLearner(settings, start), Decoded::userId, row -> "", Types.STRING);
    harness.setup();
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
    return harness;
  }

  static StreamRecord<Decoded> event(String user, String item, String type, long time) {
    return new StreamRecord<>(
        Decoded.of(
            Interaction.of(user + ":" + item + ":" + type + ":" + time, user, item, type, time)),
        time);
  }

  static StreamRecord<Decoded> click(String user, String item, long time) {
    return event(user, item, "click", time);
  }

  static StreamRecord<Decoded> erase(String user, long time) {
    return new StreamRecord<>(
        Decoded.of(new ControlEvent(ControlEvent.Action.ERASE_USER, user, time)), time);
  }

  /** Lists put out so far, in order. */
  static List<RecommendationList> lists(
      KeyedTwoInputStreamOperatorTestHarness<String, Decoded, ModelRecord[], RecommendationList>
          harness) {
    return new ArrayList<>(harness.extractOutputValues());
  }

  /** The last list of each user as item ids; null after a tombstone. */
  static Map<String, List<String>> current(List<RecommendationList> lists) {
    Map<String, List<String>> current = new LinkedHashMap<>();
    for (RecommendationList list : lists) {
      current.put(
          list.userId(),
          list.isTombstone() ? null : list.items().stream().map(ScoredItem::itemId).toList());
    }
    return current;
  }

  static List<TestOutcome> outcomes(
      KeyedTwoInputStreamOperatorTestHarness<String, Decoded, ModelRecord[], RecommendationList>
          harness) {
    return side(harness.getSideOutput(UserLearner.OUTCOMES));
  }

  static <T> List<T> side(Iterable<StreamRecord<T>> output) {
    List<T> values = new ArrayList<>();
    if (output != null) {
      output.forEach(record -> values.add(record.getValue()));
    }
    return values;
  }
}
