// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.drift;

import io.freshet.schema.CodebookAlarm;
import io.freshet.schema.CodebookDrift;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Follows from re-fit to re-fit which alarms stand. */
final class AlarmTimeline {
  /** An alarm is the same as long as it stands since the same time. */
  private record Name(String metric, int level, long since) {}

  private AlarmTimeline() {}

  /**
   * All alarms, in the order in which re-fits told of them.
   *
   * @param refits in order, each the whole path first; any of its records has all alarms
   */
  static List<AlarmSpan> of(List<List<CodebookDrift>> refits, EventNumbers numbers) {
    Map<Name, AlarmSpan> spans = new LinkedHashMap<>();
    for (List<CodebookDrift> refit : refits) {
      CodebookDrift whole = refit.get(0);
      Set<Name> standing = new HashSet<>();
      for (CodebookAlarm alarm : whole.alarms()) {
        Name name = new Name(alarm.metric(), alarm.level(), alarm.since());
        standing.add(name);
        spans.merge(name, span(alarm, numbers), AlarmTimeline::larger);
      }
      long event = numbers.at(whole.eventTime());
      spans.replaceAll(
          (name, span) ->
              span.clearedAt() == null && !standing.contains(name) ? cleared(span, event) : span);
    }
    return new ArrayList<>(spans.values());
  }

  private static AlarmSpan span(CodebookAlarm alarm, EventNumbers numbers) {
    return new AlarmSpan(
        alarm.metric(),
        alarm.level(),
        alarm.detector(),
        alarm.value(),
        alarm.threshold(),
        numbers.at(alarm.since()),
        null);
  }

  private static AlarmSpan larger(AlarmSpan a, AlarmSpan b) {
    return a.value() >= b.value() ? a : b;
  }

  private static AlarmSpan cleared(AlarmSpan span, long event) {
    return new AlarmSpan(
        span.metric(),
        span.level(),
        span.detector(),
        span.value(),
        span.threshold(),
        span.raisedAt(),
        event);
  }
}
