// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.eval.CpuCost;
import io.freshet.job.LocalMetrics;
import io.freshet.operator.MetricNames;
import io.freshet.operator.Stage;
import java.util.EnumSet;
import java.util.Set;

/** What an event costs the job's learners, by their own stage clocks. */
final class StageCosts {
  private static final Set<Stage> RECOMMEND = EnumSet.of(Stage.RANK, Stage.PUBLISH);
  private static final Set<Stage> LEARN =
      EnumSet.of(Stage.STATE, Stage.GRAPH, Stage.LEARN, Stage.CODES);
  private static final double NANOS_PER_MICRO = 1000;

  private StageCosts() {}

  /** Microseconds of CPU time: per list for the lists, per event for learning. */
  static CpuCost of(LocalMetrics metrics) {
    long lists =
        metrics.sum(MetricNames.LISTS)
            + metrics.sum(MetricNames.LISTS_UNCHANGED)
            + metrics.sum(MetricNames.LISTS_DEFERRED);
    return new CpuCost(
        micros(metrics, RECOMMEND) / Math.max(1, lists),
        micros(metrics, LEARN) / Math.max(1, metrics.sum(MetricNames.EVENTS)));
  }

  private static double micros(LocalMetrics metrics, Set<Stage> stages) {
    long nanos = 0;
    for (Stage stage : stages) {
      nanos += metrics.sum(stage.metric());
    }
    return nanos / NANOS_PER_MICRO;
  }
}
