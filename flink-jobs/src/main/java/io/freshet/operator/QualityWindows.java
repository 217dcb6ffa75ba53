// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.schema.QualityWindow;
import io.freshet.schema.TestOutcome;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Adds up test outcomes into windows of a fixed number of tests for each recommender. One instance.
 * Every recommender is tested on the same events, so windows of one number cover the same stretch.
 */
public final class QualityWindows extends ProcessFunction<TestOutcome, QualityWindow>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final int testsPerWindow;
  private final int learners;

  private transient Map<String, QualityWindow> open;
  private transient Map<String, Integer> ended;
  private transient ListState<QualityWindow> state;

  /**
   * @param testsPerWindow tests in a window, warm and cold
   * @param learners how many learners report the end of their tests
   */
  public QualityWindows(int testsPerWindow, int learners) {
    this.testsPerWindow = testsPerWindow;
    this.learners = learners;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    open = new LinkedHashMap<>();
    ended = new LinkedHashMap<>();
    state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("open-windows", QualityWindow.class));
    for (QualityWindow window : state.get()) {
      open.put(window.model(), window);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    state.clear();
    for (QualityWindow window : open.values()) {
      state.add(window);
    }
  }

  @Override
  public void processElement(TestOutcome outcome, Context context, Collector<QualityWindow> out) {
    String model = outcome.model();
    QualityWindow window = open.computeIfAbsent(model, name -> QualityWindow.empty(name, 0));
    if (outcome.isEndOfStream()) {
      if (ended.merge(model, 1, Integer::sum) == learners) {
        out.collect(window.asLast());
        open.remove(model);
      }
      return;
    }
    window = window.plus(outcome);
    if (window.all().tests() == testsPerWindow) {
      out.collect(window);
      window = QualityWindow.empty(model, window.window() + 1);
    }
    open.put(model, window);
  }
}
