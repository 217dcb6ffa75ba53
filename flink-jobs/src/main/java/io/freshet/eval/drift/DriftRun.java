// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.freshet.schema.CodebookDrift;
import io.freshet.schema.QualityWindow;
import java.util.List;

/**
 * What one run over traffic with a planted drift came to.
 *
 * @param plan of the drift
 * @param seed of traffic and model
 * @param frozen whether the books stood still from the drift on
 * @param refits all, those held back too
 * @param alarms in the order in which re-fits told of them
 * @param falseAlarms how many were raised before the drift
 * @param eventsToAlarm from the drift to the first alarm; null where there was none
 * @param recall warm Recall@20 through the drift, as a share of what could be reached
 * @param before the books in the last {@value #REFITS} re-fits before the drift; null for none
 * @param after those in the first as many after it
 * @param end those in the last as many of the stream
 * @param spans warm Recall@20 span by span, from the first event
 * @param truthSpans the same of a list of the planted tastes
 * @param history the books re-fit by re-fit
 */
public record DriftRun(
    @JsonUnwrapped DriftPlan plan,
    long seed,
    boolean frozen,
    int refits,
    List<AlarmSpan> alarms,
    @JsonProperty("false_alarms") int falseAlarms,
    @JsonProperty("events_to_alarm") Long eventsToAlarm,
    Recovery recall,
    BookFigures before,
    BookFigures after,
    BookFigures end,
    List<Double> spans,
    @JsonProperty("truth_spans") List<Double> truthSpans,
    List<RefitFigures> history) {
  private static final int REFITS = 5;

  /**
   * Reckons.
   *
   * @param windows of quality, in order
   * @param truth windows of what a list of the planted tastes hits, in order
   * @param refits in order, each the whole path first
   */
  public static DriftRun of(
      DriftPlan plan,
      long seed,
      boolean frozen,
      EventNumbers numbers,
      List<QualityWindow> windows,
      List<QualityWindow> truth,
      List<List<CodebookDrift>> refits) {
    long driftAt = plan.driftAt();
    List<AlarmSpan> alarms = AlarmTimeline.of(refits, numbers);
    int early = refitsBefore(refits, numbers, driftAt);
    int late = Math.min(refits.size(), early + REFITS);
    return new DriftRun(
        plan,
        seed,
        frozen,
        refits.size(),
        alarms,
        (int) alarms.stream().filter(alarm -> alarm.raisedAt() < driftAt).count(),
        alarms.stream()
            .filter(alarm -> alarm.raisedAt() >= driftAt)
            .map(alarm -> alarm.raisedAt() - driftAt)
            .min(Long::compare)
            .orElse(null),
        Recovery.of(windows, truth, numbers, plan),
        BookFigures.of(refits.subList(Math.max(0, early - REFITS), early)),
        BookFigures.of(refits.subList(early, late)),
        BookFigures.of(refits.subList(Math.max(0, refits.size() - REFITS), refits.size())),
        new RecallSpans(windows, numbers).all(plan.span(), plan.events()),
        new RecallSpans(truth, numbers).all(plan.span(), plan.events()),
        refits.stream().map(refit -> RefitFigures.of(refit, numbers)).toList());
  }

  /** How many re-fits knew of no event of the drift. */
  public static int refitsBefore(
      List<List<CodebookDrift>> refits, EventNumbers numbers, long driftAt) {
    return (int)
        refits.stream().filter(refit -> numbers.at(refit.get(0).eventTime()) < driftAt).count();
  }
}
