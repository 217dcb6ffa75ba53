// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.schema.CodebookAlarm;
import io.freshet.schema.CodebookDrift;
import java.util.Locale;

/** What a re-fit changed, in a line a level. */
final class CodebookText {
  private static final String BARS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

  private CodebookText() {}

  static String of(CodebookDrift drift) {
    StringBuilder text = new StringBuilder();
    text.append(drift.level() == 0 ? path(drift) : level(drift));
    for (CodebookAlarm alarm : drift.alarms()) {
      // Every record of a re-fit has all alarms; each is told with the level that it is about.
      if (alarm.level() == drift.level()) {
        text.append(System.lineSeparator()).append(alarm(alarm));
      }
    }
    return text.toString();
  }

  private static String path(CodebookDrift drift) {
    CodebookDrift.Figures figures = drift.figures();
    StringBuilder text = new StringBuilder(Text.time(drift.eventTime()));
    text.append("  ").append(drift.books()).append(" version ").append(drift.version());
    text.append("  ").append(drift.outcome().wireName().replace('_', ' '));
    if (drift.reason() != null) {
      text.append(" (").append(drift.reason()).append(')');
    }
    if (figures.users() > 0) {
      text.append(": ").append(Text.count(figures.users())).append(" vectors");
      text.append(", ").append(Text.count(figures.codesUsed())).append(" paths");
      text.append(", largest ").append(percent(figures.largestShare()));
      text.append(", error ").append(Text.share(figures.error()));
      text.append(", changed ").append(percent(figures.changed()));
      text.append(", rank ").append(decimal(figures.effectiveRank()));
    }
    return text.toString();
  }

  private static String level(CodebookDrift drift) {
    CodebookDrift.Figures figures = drift.figures();
    return "  level "
        + drift.level()
        + "  "
        + bars(figures.usage())
        + "  "
        + figures.codesUsed()
        + " of "
        + figures.codes()
        + " used, perplexity "
        + decimal(figures.perplexity())
        + ", error "
        + Text.share(figures.error())
        + ", changed "
        + percent(figures.changed())
        + ", moved "
        + percent(figures.centroidShift())
        + ", separation "
        + decimal(figures.separation())
        + (figures.dead() + figures.expired() > 0
            ? ", dead " + figures.dead() + ", expired " + figures.expired()
            : "");
  }

  /** A bar a code, the fullest the highest; a dot for one that nobody has. */
  static String bars(double[] usage) {
    double largest = 0;
    for (double share : usage) {
      largest = Math.max(largest, share);
    }
    StringBuilder bars = new StringBuilder(usage.length);
    for (double share : usage) {
      int height = (int) Math.ceil(share / largest * BARS.length());
      bars.append(share > 0 ? BARS.charAt(Math.max(1, height) - 1) : '.');
    }
    return bars.toString();
  }

  private static String alarm(CodebookAlarm alarm) {
    return "  ALARM "
        + alarm.metric()
        + (alarm.level() == 0 ? "" : " of level " + alarm.level())
        + " since "
        + Text.time(alarm.since())
        + " ("
        + alarm.detector()
        + " "
        + Text.number(alarm.value())
        + " above "
        + Text.number(alarm.threshold())
        + ")";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
