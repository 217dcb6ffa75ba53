// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.schema.QualityWindow;

/** A quality window in one line. */
final class QualityText {
  private QualityText() {}

  static String of(QualityWindow window) {
    return Text.time(window.toTime())
        + "  window "
        + window.window()
        + "  "
        + window.model()
        + ": "
        + metrics("warm", window.warm())
        + "; "
        + metrics("all", window.all())
        + (window.last() ? "; the last" : "");
  }

  private static String metrics(String name, QualityWindow.Sums sums) {
    double tests = sums.tests();
    return name
        + " Recall@20 "
        + Text.share(sums.hits20() / tests)
        + " NDCG@20 "
        + Text.share(sums.ndcg20() / tests)
        + " HR@10 "
        + Text.share(sums.hits10() / tests)
        + " of "
        + Text.count(sums.tests());
  }
}
