// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.schema.CodebookAlarm;
import io.freshet.schema.CodebookDrift;
import io.freshet.schema.QualityWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

class DriftRunTest {
  private static final long START = 1_000_000;
  private static final EventNumbers NUMBERS = new EventNumbers(START, 100);
  private static final long EVENTS = 10_000;
  private static final long DRIFT = 5000;
  private static final long SPAN = 1000;

  @Test
  void alarmsCountFromTheDriftAndClearWithTheFirstRefitThatTellsOfThemNoMore() {
    CodebookAlarm error = alarm("error", 1, 16, 6200);
    CodebookAlarm worse = alarm("error", 1, 21, 6200);
    DriftRun run =
        run(
            DRIFT,
            event -> 0.3,
            List.of(
                refit(4000, 0.2),
                refit(6200, 0.4, error),
                refit(7000, 0.5, worse),
                refit(8000, 0.3)));

    assertThat(run.falseAlarms()).isZero();
    assertThat(run.eventsToAlarm()).isEqualTo(1200);
    assertThat(run.alarms())
        .containsExactly(new AlarmSpan("error", 1, "page-hinkley", 21, 15, 6200, 8000L));
  }

  @Test
  void anAlarmBeforeTheDriftIsFalseAndOneRaisedAgainIsAnother() {
    DriftRun run =
        run(
            DRIFT,
            event -> 0.3,
            List.of(
                refit(3000, 0.4, alarm("perplexity", 2, 16, 3000)),
                refit(4000, 0.2),
                refit(9000, 0.4, alarm("perplexity", 2, 16, 9000))));

    assertThat(run.falseAlarms()).isEqualTo(1);
    assertThat(run.alarms()).hasSize(2);
    assertThat(run.alarms().get(1).clearedAt()).isNull();
    assertThat(run.eventsToAlarm()).isEqualTo(4000);
  }

  @Test
  void everyAlarmOfTrafficThatDoesNotChangeIsFalse() {
    DriftRun run =
        run(EVENTS, event -> 0.3, List.of(refit(9000, 0.4, alarm("error", 3, 16, 9000))));

    assertThat(run.falseAlarms()).isEqualTo(1);
    assertThat(run.eventsToAlarm()).isNull();
    assertThat(run.recall().events()).isNull();
  }

  @Test
  void qualityHasRecoveredWithTheFirstSpanThatIsBackWithinTheShare() {
    // .4 before; after the drift .2, and .4 again from 2,500 events on.
    LongToDoubleFunction recall = event -> event < DRIFT || event >= DRIFT + 2500 ? 0.4 : 0.2;
    DriftRun run = run(DRIFT, 0.05, recall, List.of());

    // shares of the .5 that could be reached
    assertThat(run.recall().before()).isEqualTo(0.8, within(1e-9));
    assertThat(run.recall().lowest()).isEqualTo(0.4, within(1e-9));
    assertThat(run.recall().end()).isEqualTo(0.8, within(1e-9));
    // nine of ten windows of a span at .4 are enough for .38
    assertThat(run.recall().events()).isEqualTo(3400);
    // and all of them for .39
    assertThat(run(DRIFT, 0.02, recall, List.of()).recall().events()).isEqualTo(3500);
  }

  @Test
  void qualityThatNeverFellTookNoEventsToRecoverAndOneThatStaysLowHasNot() {
    assertThat(run(DRIFT, event -> 0.4, List.of()).recall().events()).isZero();
    assertThat(run(DRIFT, event -> event < DRIFT ? 0.4 : 0.3, List.of()).recall().events())
        .isNull();
  }

  @Test
  void whatCouldBeReachedFallsWithoutQualityHavingFallen() {
    LongToDoubleFunction recall = event -> event < DRIFT ? 0.4 : 0.2;
    DriftPlan plan = new DriftPlan("swap", EVENTS, DRIFT, SPAN, 0.05);

    DriftRun run =
        DriftRun.of(
            plan,
            1,
            false,
            NUMBERS,
            windows(recall),
            windows(event -> event < DRIFT ? 0.5 : 0.25),
            List.of());

    assertThat(run.recall().lowest()).isEqualTo(0.8, within(1e-9));
    assertThat(run.recall().events()).isZero();
    assertThat(run.spans()).startsWith(0.4).endsWith(0.2);
    assertThat(run.truthSpans()).startsWith(0.5).endsWith(0.25);
  }

  @Test
  void booksAreToldBeforeRightAfterAndAtTheEnd() {
    List<List<CodebookDrift>> refits = new ArrayList<>();
    for (long event = 500; event < EVENTS; event += 500) {
      refits.add(refit(event, event < DRIFT ? 0.2 : event < 7500 ? 0.5 : 0.3));
    }

    DriftRun run = run(DRIFT, event -> 0.3, refits);

    assertThat(run.before().error()).containsExactly(0.2);
    assertThat(run.after().error().get(0)).isEqualTo(0.5, within(1e-9));
    assertThat(run.end().error().get(0)).isEqualTo(0.3, within(1e-9));
    assertThat(DriftRun.refitsBefore(refits, NUMBERS, DRIFT)).isEqualTo(9);
    assertThat(run.spans()).hasSize(10);
    assertThat(run.history()).hasSameSizeAs(refits);
    assertThat(run.history().get(9).event()).isEqualTo(DRIFT);
    assertThat(run.history().get(9).figures().error()).containsExactly(0.5);
    assertThat(DriftTable.render(List.of(run))).contains("0.200 > 0.500 > 0.300");
  }

  private static DriftRun run(
      long driftAt, LongToDoubleFunction recall, List<List<CodebookDrift>> refits) {
    return run(driftAt, 0.05, recall, refits);
  }

  private static DriftRun run(
      long driftAt,
      double recoveredWithin,
      LongToDoubleFunction recall,
      List<List<CodebookDrift>> refits) {
    DriftPlan plan = new DriftPlan("swap", EVENTS, driftAt, SPAN, recoveredWithin);
    return DriftRun.of(plan, 1, false, NUMBERS, windows(recall), windows(event -> 0.5), refits);
  }

  private static List<QualityWindow> windows(LongToDoubleFunction recall) {
    List<QualityWindow> windows = new ArrayList<>();
    for (long event = 0; event < EVENTS; event += 100) {
      long hits = Math.round(100 * recall.applyAsDouble(event));
      QualityWindow.Sums sums = new QualityWindow.Sums(100, hits, hits, hits);
      windows.add(
          new QualityWindow(
              "freshet", event / 100, time(event), time(event + 99), sums, sums, false));
    }
    return windows;
  }

  private static CodebookAlarm alarm(String metric, int level, double value, long event) {
    return new CodebookAlarm(metric, level, "page-hinkley", value, 15, time(event));
  }

  private static List<CodebookDrift> refit(long event, double error, CodebookAlarm... alarms) {
    return List.of(record(event, 0, error, alarms), record(event, 1, error, alarms));
  }

  private static CodebookDrift record(
      long event, int level, double error, CodebookAlarm... alarms) {
    return new CodebookDrift(
        "users",
        1,
        event,
        level,
        1,
        time(event),
        0,
        CodebookDrift.Outcome.PUBLISHED,
        null,
        new CodebookDrift.Figures(
            1000, 16, 15, 12, 0, 0, 0.1, error, 0.01, 0.1, 1, 30, new double[0]),
        List.of(alarms));
  }

  private static long time(long event) {
    return START + event * 10;
  }
}
