// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.codebook.CodebookFit;
import io.freshet.schema.CodebookDrift;
import io.freshet.schema.CodebookRow;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.flink.metrics.MetricGroup;

/** Shows what the last re-fit found, and how many there were. */
final class CodebookMetrics {
  // Another thread reads them; the array is replaced, never written to.
  private volatile CodebookDrift.Figures[] levels;
  private volatile int alarms;

  /**
   * @param levels of the books
   */
  CodebookMetrics(MetricGroup metrics, int levels, CodebookFit fit) {
    this.levels = new CodebookDrift.Figures[levels + 1];
    MetricGroup books = metrics.addGroup(MetricNames.BOOKS_GROUP, CodebookRow.USERS);
    books.gauge(MetricNames.CODEBOOK_VERSION, () -> fit.books().version());
    books.gauge(MetricNames.CODEBOOK_REFITS, fit::refits);
    books.gauge(MetricNames.CODEBOOK_HELD_BACK, fit::heldBack);
    books.gauge(MetricNames.CODEBOOK_ROLLBACKS, fit::rollBacks);
    books.gauge(MetricNames.CODEBOOK_STATISTICS_STALE, fit::stale);
    books.gauge(MetricNames.CODEBOOK_ALARMS, () -> alarms);
    gauge(books, MetricNames.CODEBOOK_EFFECTIVE_RANK, 0, CodebookDrift.Figures::effectiveRank);
    for (int level = 0; level <= levels; level++) {
      register(books.addGroup(MetricNames.LEVEL_GROUP, Integer.toString(level)), level);
    }
  }

  private void register(MetricGroup group, int level) {
    gauge(group, MetricNames.CODEBOOK_USERS, level, CodebookDrift.Figures::users);
    gauge(group, MetricNames.CODEBOOK_CODES, level, CodebookDrift.Figures::codes);
    gauge(group, MetricNames.CODEBOOK_CODES_USED, level, CodebookDrift.Figures::codesUsed);
    gauge(group, MetricNames.CODEBOOK_PERPLEXITY, level, CodebookDrift.Figures::perplexity);
    gauge(group, MetricNames.CODEBOOK_DEAD, level, CodebookDrift.Figures::dead);
    gauge(group, MetricNames.CODEBOOK_EXPIRED, level, CodebookDrift.Figures::expired);
    gauge(group, MetricNames.CODEBOOK_LARGEST_SHARE, level, CodebookDrift.Figures::largestShare);
    gauge(group, MetricNames.CODEBOOK_ERROR, level, CodebookDrift.Figures::error);
    gauge(group, MetricNames.CODEBOOK_CENTROID_SHIFT, level, CodebookDrift.Figures::centroidShift);
    gauge(group, MetricNames.CODEBOOK_CHANGED, level, CodebookDrift.Figures::changed);
    gauge(group, MetricNames.CODEBOOK_SEPARATION, level, CodebookDrift.Figures::separation);
  }

  private void gauge(
      MetricGroup group, String name, int level, ToDoubleFunction<CodebookDrift.Figures> figure) {
    group.gauge(name, () -> levels[level] == null ? 0 : figure.applyAsDouble(levels[level]));
  }

  /** Shows these from now on; figures of nobody say nothing. */
  void show(List<CodebookDrift> drift) {
    CodebookDrift.Figures[] now = levels.clone();
    for (CodebookDrift one : drift) {
      if (one.figures().users() > 0) {
        now[one.level()] = one.figures();
      }
    }
    levels = now;
  }

  void alarms(int standing) {
    alarms = standing;
  }
}
