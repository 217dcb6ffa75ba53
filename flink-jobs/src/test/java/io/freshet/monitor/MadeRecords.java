// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import io.freshet.schema.CodebookAlarm;
import io.freshet.schema.CodebookDrift;
import io.freshet.schema.CodebookDrift.Outcome;
import io.freshet.schema.QualityWindow;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.RecommendationList.Reason;
import io.freshet.schema.ScoredItem;
import java.util.ArrayList;
import java.util.List;

/** Records as a job would write them, for tests that need no job. */
final class MadeRecords {
  static final int LEVELS = 3;
  static final int CODES = 16;

  private MadeRecords() {}

  static RecommendationList list(String user, long eventTime, long madeAt, int... codes) {
    return list(user, eventTime, madeAt, Reason.EVENT, codes);
  }

  static RecommendationList list(
      String user, long eventTime, long madeAt, Reason reason, int... codes) {
    List<ScoredItem> items = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      items.add(new ScoredItem("i" + (i + 7 * Math.floorMod(user.hashCode(), 50)), 3f - 0.1f * i));
    }
    return new RecommendationList(user, items, 12, eventTime, madeAt, reason, codes);
  }

  /** A window in which Freshet finds this share of the items. */
  static QualityWindow window(String model, long number, long toTime, double recall) {
    long tests = 1000;
    QualityWindow.Sums sums =
        new QualityWindow.Sums(
            tests, Math.round(600 * recall), Math.round(tests * recall), 450 * recall);
    return new QualityWindow(model, number, toTime - 1000, toTime, sums, sums, false);
  }

  /** A level's drift record of a published re-fit. */
  static CodebookDrift drift(
      int level, long version, long eventTime, double error, CodebookAlarm... alarms) {
    return drift(level, version, eventTime, error, Outcome.PUBLISHED, null, alarms);
  }

  static CodebookDrift drift(
      int level,
      long version,
      long eventTime,
      double error,
      Outcome outcome,
      String reason,
      CodebookAlarm... alarms) {
    double[] usage = new double[level == 0 ? 0 : CODES];
    double sum = 0;
    for (int code = 0; code < usage.length; code++) {
      usage[code] = code == 5 && level == 2 ? 0 : 1 + Math.abs(Math.sin(3 * code + level));
      sum += usage[code];
    }
    double entropy = 0;
    for (int code = 0; code < usage.length; code++) {
      usage[code] /= sum;
      entropy -= usage[code] == 0 ? 0 : usage[code] * Math.log(usage[code]);
    }
    long used = level == 0 ? 0 : level == 2 ? CODES - 1 : CODES;
    CodebookDrift.Figures figures =
        new CodebookDrift.Figures(
            4980,
            level == 0 ? (long) Math.pow(CODES, LEVELS) : CODES,
            used,
            level == 0 ? 0 : Math.exp(entropy) * (1 - error / 4),
            level == 2 || level == 0 ? 1 : 0,
            level == 2 || level == 0 ? 1 : 0,
            level == 0 ? 0 : 0.11,
            error,
            0.03,
            Math.min(1, error / (level + 2)),
            1.3,
            31.2 - 10 * error,
            usage);
    return new CodebookDrift(
        "users",
        1,
        version,
        level,
        LEVELS,
        eventTime,
        eventTime + 40,
        outcome,
        reason,
        figures,
        List.of(alarms));
  }

  static CodebookAlarm alarm(String metric, int level, long since) {
    return new CodebookAlarm(metric, level, "page-hinkley", 0.41, 0.3, since);
  }
}
