// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import io.freshet.schema.QualityWindow;
import io.freshet.schema.TestOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Prequential quality of every recommender, window by window, over event time. */
final class QualityBoard {
  /** More recommenders than that are not told apart in a chart. */
  static final int MODELS = 8;

  private static final int WIDTH = 96;

  // In an order that does not depend on which was read first: it gives each its line in the chart.
  private final Map<String, Model> models =
      new TreeMap<>(
          Comparator.comparing((String model) -> !model.equals(TestOutcome.FRESHET))
              .thenComparing(Comparator.naturalOrder()));

  /** One recommender's windows: warm Recall@20 and NDCG@20. */
  static final class Model {
    private final Series series = new Series(WIDTH, Series.Merge.MEAN, Series.Merge.MEAN);
    private QualityWindow latest;
    private long windows;
  }

  /**
   * A recommender, as of now.
   *
   * @param model its name
   * @param windows how many were read
   * @param latest the last of them
   * @param points recall and NDCG over event time
   */
  record View(String model, long windows, QualityWindow latest, List<Series.Point> points) {}

  synchronized void add(QualityWindow window) {
    Model model = models.get(window.model());
    if (model == null) {
      if (models.size() == MODELS) {
        return;
      }
      model = new Model();
      models.put(window.model(), model);
    }
    // Windows lie in several partitions, which are not read in their order. One that comes again
    // after a restore ends when it ended before, and is left out.
    if (model.series.insert(window.toTime(), recall20(window.warm()), ndcg20(window.warm()))) {
      if (model.latest == null || window.toTime() > model.latest.toTime()) {
        model.latest = window;
      }
      model.windows++;
    }
  }

  /** Share of the tests with the item among the first 20; NaN without tests. */
  static double recall20(QualityWindow.Sums sums) {
    return sums.tests() == 0 ? Double.NaN : (double) sums.hits20() / sums.tests();
  }

  /** Mean of 1 / log2(rank + 1) over the tests, 0 beyond rank 20; NaN without tests. */
  static double ndcg20(QualityWindow.Sums sums) {
    return sums.tests() == 0 ? Double.NaN : sums.ndcg20() / sums.tests();
  }

  /** Freshet first, the others by name. */
  synchronized List<View> view() {
    List<View> views = new ArrayList<>();
    for (Map.Entry<String, Model> entry : models.entrySet()) {
      Model model = entry.getValue();
      views.add(new View(entry.getKey(), model.windows, model.latest, model.series.points()));
    }
    return views;
  }
}
