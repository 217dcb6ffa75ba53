// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.schema.QualityWindow;
import io.freshet.schema.TestOutcome;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class QualityWindowsTest {

  private static OneInputStreamOperatorTestHarness<TestOutcome, QualityWindow> open(
      int tests, int learners, OperatorSubtaskState from) throws Exception {
    OneInputStreamOperatorTestHarness<TestOutcome, QualityWindow> harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new QualityWindows(tests, learners)));
    harness.setup();
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
    return harness;
  }

  private static StreamRecord<TestOutcome> test(String model, int rank, boolean warm, long time) {
    return new StreamRecord<>(new TestOutcome(model, rank, warm, time));
  }

  @Test
  void aWindowHoldsAFixedNumberOfTestsOfOneRecommender() throws Exception {
    try (var windows = open(3, 1, null)) {
      windows.processElement(test("freshet", 1, true, 10));
      windows.processElement(test("popularity", 30, true, 10));
      windows.processElement(test("freshet", 15, true, 20));
      windows.processElement(test("freshet", TestOutcome.UNRANKED, false, 30));

      QualityWindow window = windows.extractOutputValues().get(0);
      assertThat(windows.extractOutputValues()).hasSize(1);
      assertThat(window.key()).isEqualTo("freshet/0");
      assertThat(window.fromTime()).isEqualTo(10);
      assertThat(window.toTime()).isEqualTo(30);
      assertThat(window.all().tests()).isEqualTo(3);
      assertThat(window.warm().tests()).isEqualTo(2);
      assertThat(window.warm().hits20()).isEqualTo(2);
      assertThat(window.warm().hits10()).isEqualTo(1);
      assertThat(window.warm().ndcg20()).isCloseTo(1 + 0.25, within(1e-12));
    }
  }

  @Test
  void theLastWindowLeavesWhenEveryLearnerHasEnded() throws Exception {
    try (var windows = open(100, 2, null)) {
      windows.processElement(test("freshet", 1, true, 10));
      windows.processElement(new StreamRecord<>(TestOutcome.endOfStream("freshet")));
      assertThat(windows.extractOutputValues()).isEmpty();

      windows.processElement(new StreamRecord<>(TestOutcome.endOfStream("freshet")));

      assertThat(windows.extractOutputValues()).singleElement().matches(QualityWindow::last);
    }
  }

  @Test
  void anOpenWindowSurvivesARestore() throws Exception {
    OperatorSubtaskState checkpoint;
    try (var windows = open(2, 1, null)) {
      windows.processElement(test("freshet", 1, true, 10));
      checkpoint = windows.snapshot(1, 1);
    }
    try (var windows = open(2, 1, checkpoint)) {
      windows.processElement(test("freshet", 1, true, 20));
      assertThat(windows.extractOutputValues())
          .singleElement()
          .satisfies(window -> assertThat(window.warm().hits10()).isEqualTo(2));
    }
  }
}
