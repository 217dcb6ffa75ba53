// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.eval.CpuCost;
import io.freshet.eval.EvaluationRow;
import io.freshet.eval.RankMetrics;
import io.freshet.schema.QualityWindow;
import io.freshet.schema.TestOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Freshet's quality windows of one run, added up to a row of the report. */
final class QualityRows {
  private static final int PARTS = 10;

  private final TreeMap<Long, QualityWindow> windows = new TreeMap<>();
  private boolean complete;

  void add(QualityWindow window) {
    if (window.model().equals(TestOutcome.FRESHET)) {
      windows.put(window.window(), window);
      complete |= window.last();
    }
  }

  /** Whether the stream's last window is there. */
  boolean isComplete() {
    return complete;
  }

  /** The windows so far, in the stream's order. */
  List<QualityWindow> inOrder() {
    return List.copyOf(windows.values());
  }

  EvaluationRow row(long seed, CpuCost cost) {
    List<QualityWindow> inOrder = inOrder();
    List<Double> tenths = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      tenths.add(
          metrics(
                  inOrder.subList(
                      part * inOrder.size() / PARTS, (part + 1) * inOrder.size() / PARTS),
                  true)
              .recall20());
    }
    return new EvaluationRow(
        TestOutcome.FRESHET,
        "",
        seed,
        metrics(inOrder, true),
        metrics(inOrder, false),
        tenths,
        cost);
  }

  private static RankMetrics metrics(List<QualityWindow> windows, boolean warm) {
    long tests = 0;
    long hits10 = 0;
    long hits20 = 0;
    double ndcg20 = 0;
    for (QualityWindow window : windows) {
      QualityWindow.Sums sums = warm ? window.warm() : window.all();
      tests += sums.tests();
      hits10 += sums.hits10();
      hits20 += sums.hits20();
      ndcg20 += sums.ndcg20();
    }
    double by = Math.max(1, tests);
    return new RankMetrics(hits20 / by, ndcg20 / by, hits10 / by, tests);
  }
}
