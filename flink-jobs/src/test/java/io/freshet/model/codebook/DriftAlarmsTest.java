// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftAlarmsTest {

  private static final int LEVELS = 3;
  private static final long INTERVAL = 10_000;

  private final DriftAlarms alarms = new DriftAlarms(LEVELS);
  private final Random random = new Random(8);
  private long time;

  @Test
  void anHourOfStationaryTrafficRaisesNothing() {
    for (int seed = 0; seed < 300; seed++) {
      DriftAlarms hour = new DriftAlarms(LEVELS);
      Random noise = new Random(seed);
      for (int refit = 0; refit < 360; refit++) {
        hour.observe(refit(noise, 0.3, 12, 30), refit * INTERVAL);
        if (refit % 20 == 0) {
          hour.observeRecall(hits(noise, 1000, 0.3), 1000, refit * INTERVAL);
        }
        assertThat(hour.standing()).as("seed %d, re-fit %d", seed, refit).isEmpty();
      }
    }
  }

  @Test
  void noiseThatPersistsRaisesNothingEither() {
    for (int seed = 0; seed < 100; seed++) {
      DriftAlarms hour = new DriftAlarms(LEVELS);
      Random noise = new Random(seed);
      double wave = 0;
      for (int refit = 0; refit < 360; refit++) {
        wave = 0.5 * wave + noise.nextGaussian();
        hour.observe(
            refit(noise, 0.3 * (1 + 0.02 * wave), 12 * (1 + 0.02 * wave), 30), refit * INTERVAL);
        assertThat(hour.standing()).as("seed %d, re-fit %d", seed, refit).isEmpty();
      }
    }
  }

  /** As in the last third of an hour of generated traffic that is stationary. */
  @Test
  void aPerplexityThatSlowlyLosesATenthRaisesNothing() {
    observe(100, 0.3, 15.7, 30);
    for (int refit = 0; refit < 75; refit++) {
      observe(1, 0.3, 15.7 - 1.8 * refit / 75, 30);
      assertThat(alarms.standing()).as("re-fit %d", refit).isEmpty();
    }
  }

  @Test
  void anErrorThatRisesIsAnAlarmUntilItIsBack() {
    observe(100, 0.3, 12, 30);
    long change = time;
    observe(8, 0.4, 12, 30);

    List<DriftAlarm> standing = alarms.standing();
    assertThat(standing).hasSize(LEVELS);
    assertThat(standing).extracting(DriftAlarm::level).containsExactly(1, 2, 3);
    DriftAlarm alarm = standing.get(0);
    assertThat(alarm.metric()).isEqualTo("error");
    assertThat(alarm.detector()).isEqualTo("page-hinkley");
    assertThat(alarm.value()).isGreaterThan(alarm.threshold());
    assertThat(alarm.since()).isBetween(change, change + 5 * INTERVAL);

    observe(2, 0.3, 12, 30);
    assertThat(alarms.standing()).isNotEmpty();
    observe(6, 0.3, 12, 30);
    assertThat(alarms.standing()).isEmpty();
  }

  @Test
  void anErrorThatStaysWhereItRoseToIsNoAlarmForEver() {
    observe(100, 0.3, 12, 30);
    observe(20, 0.4, 12, 30);
    assertThat(alarms.standing()).isNotEmpty();
    observe(60, 0.4, 12, 30);
    assertThat(alarms.standing()).isEmpty();

    observe(10, 0.6, 12, 30);
    assertThat(alarms.standing()).isNotEmpty();
  }

  @Test
  void perplexityAndRankRaiseAnAlarmWhenTheyFallAndNotWhenTheyRise() {
    observe(100, 0.3, 12, 30);
    observe(10, 0.3, 14, 36);
    assertThat(alarms.standing()).isEmpty();
    observe(60, 0.3, 12, 30);
    observe(10, 0.3, 6, 10);
    assertThat(alarms.standing())
        .extracting(DriftAlarm::metric)
        .containsExactly("perplexity", "perplexity", "perplexity", "effective_rank");
  }

  @Test
  void aRecallThatFallsIsAnAlarmUntilItIsBack() {
    recall(20, 0.3);
    recall(1, 0.29);
    assertThat(alarms.standing()).isEmpty();
    recall(2, 0.15);

    DriftAlarm alarm = alarms.tell().get(0);
    assertThat(alarm.metric()).isEqualTo("recall");
    assertThat(alarm.detector()).isEqualTo("adwin");
    assertThat(alarm.level()).isZero();
    assertThat(alarm.value()).isGreaterThan(alarm.threshold());

    recall(2, 0.28);
    assertThat(alarms.standing()).isEmpty();
  }

  @Test
  void aRecallThatSlidesIsAnAlarmByWhatItLostInAll() {
    recall(60, 0.35);
    for (double share = 0.35; share > 0.29; share -= 0.002) {
      recall(1, share);
    }
    assertThat(alarms.tell()).extracting(DriftAlarm::metric).containsExactly("recall");
    recall(60, 0.29);
    assertThat(alarms.standing()).isEmpty();
  }

  @Test
  void aFallThatIsOverBeforeAnyoneWasToldIsToldOnce() {
    recall(20, 0.3);
    recall(2, 0.1);
    recall(5, 0.3);
    assertThat(alarms.tell()).extracting(DriftAlarm::metric).containsExactly("recall");
    recall(1, 0.3);
    assertThat(alarms.tell()).isEmpty();
  }

  @Test
  void aRecallThatRisesIsNoAlarm() {
    recall(20, 0.15);
    recall(5, 0.3);
    assertThat(alarms.standing()).isEmpty();
  }

  @Test
  void aRecallThatStaysLowIsNoAlarmForEver() {
    recall(20, 0.3);
    recall(5, 0.15);
    assertThat(alarms.tell()).hasSize(1);
    recall(20, 0.15);
    assertThat(alarms.standing()).isEmpty();
  }

  @Test
  void theFirstFitAndARollBackAreNotObserved() {
    observe(100, 0.3, 12, 30);
    for (int i = 0; i < 20; i++) {
      alarms.observe(made(Refit.Outcome.ROLLED_BACK, false, 0.9, 1, 1), time);
      alarms.observe(made(Refit.Outcome.PUBLISHED, true, 0.9, 1, 1), time);
    }
    assertThat(alarms.standing()).isEmpty();
  }

  @Test
  void goOnFromTheirState() {
    observe(100, 0.3, 12, 30);
    recall(10, 0.3);
    observe(8, 0.4, 12, 30);
    recall(3, 0.1);
    DriftAlarms restored = DriftAlarms.restore(LEVELS, alarms.state());
    assertThat(restored.standing()).hasSize(4).isEqualTo(alarms.standing());
    assertThat(restored.state()).isEqualTo(alarms.state());
    assertThat(DriftAlarms.restore(LEVELS + 1, alarms.state()).standing()).isEmpty();
  }

  private void observe(int times, double error, double perplexity, double rank) {
    for (int i = 0; i < times; i++) {
      time += INTERVAL;
      alarms.observe(refit(random, error, perplexity, rank), time);
    }
  }

  private void recall(int windows, double share) {
    for (int i = 0; i < windows; i++) {
      time += INTERVAL;
      alarms.observeRecall(hits(random, 1000, share), 1000, time);
    }
  }

  private static double hits(Random random, int tests, double share) {
    int hits = 0;
    for (int t = 0; t < tests; t++) {
      hits += random.nextDouble() < share ? 1 : 0;
    }
    return hits;
  }

  /** Values with noise of two in a hundred. */
  private static Refit refit(Random random, double error, double perplexity, double rank) {
    return made(
        Refit.Outcome.PUBLISHED,
        false,
        error * (1 + 0.02 * random.nextGaussian()),
        perplexity * (1 + 0.02 * random.nextGaussian()),
        rank * (1 + 0.02 * random.nextGaussian()));
  }

  private static Refit made(
      Refit.Outcome outcome, boolean first, double error, double perplexity, double rank) {
    CodebookFigures[] figures = new CodebookFigures[LEVELS + 1];
    for (int l = 0; l <= LEVELS; l++) {
      figures[l] =
          new CodebookFigures(
              l, 16, 16, perplexity, 0, 0, 0.1, error, 0.01, 0.1, 1, new double[16]);
    }
    return new Refit(outcome, null, null, first, 1000, rank, figures);
  }
}
