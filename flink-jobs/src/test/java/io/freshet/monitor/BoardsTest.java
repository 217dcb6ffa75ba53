// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import static io.freshet.monitor.MadeRecords.alarm;
import static io.freshet.monitor.MadeRecords.drift;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.schema.CodebookDrift.Outcome;
import io.freshet.schema.QualityWindow;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoardsTest {
  private final QualityBoard quality = new QualityBoard();
  private final CodebookBoard codebook = new CodebookBoard();
  private final AlarmLog alarms = new AlarmLog();

  @Test
  void qualityIsTheWarmSharePerWindowAndModel() {
    quality.add(MadeRecords.window("freshet", 0, 1000, 0.4));
    quality.add(MadeRecords.window("popularity", 0, 1000, 0.1));
    quality.add(MadeRecords.window("freshet", 1, 2000, 0.5));

    assertThat(quality.view())
        .extracting(QualityBoard.View::model)
        .containsExactly("freshet", "popularity");
    QualityBoard.View freshet = quality.view().get(0);
    assertThat(freshet.windows()).isEqualTo(2);
    assertThat(freshet.latest().toTime()).isEqualTo(2000);
    assertThat(freshet.points()).extracting(point -> point.values()[0]).containsExactly(0.4, 0.5);
    assertThat(freshet.points().get(1).values()[1]).isCloseTo(0.225, within(1e-9));
  }

  @Test
  void aWindowThatComesAgainAfterARestoreCountsOnce() {
    quality.add(MadeRecords.window("freshet", 0, 1000, 0.4));
    quality.add(MadeRecords.window("freshet", 0, 1000, 0.4));

    assertThat(quality.view().get(0).windows()).isEqualTo(1);
  }

  @Test
  void windowsOfTwoPartitionsAreAllShownWhicheverIsReadFirst() {
    quality.add(MadeRecords.window("freshet", 1, 2000, 0.5));
    quality.add(MadeRecords.window("freshet", 3, 4000, 0.7));
    quality.add(MadeRecords.window("freshet", 0, 1000, 0.4));
    quality.add(MadeRecords.window("freshet", 2, 3000, 0.6));

    QualityBoard.View freshet = quality.view().get(0);
    assertThat(freshet.windows()).isEqualTo(4);
    assertThat(freshet.latest().window()).isEqualTo(3);
    assertThat(freshet.points())
        .extracting(point -> point.values()[0])
        .containsExactly(0.4, 0.5, 0.6, 0.7);
  }

  @Test
  void withoutWarmTestsThereIsNoShare() {
    quality.add(
        new QualityWindow(
            "freshet", 0, 1, 2, QualityWindow.Sums.NONE, QualityWindow.Sums.NONE, false));

    assertThat(quality.view().get(0).points().get(0).values())
        .containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void moreModelsThanAChartTellsApartAreLeftOut() {
    for (int model = 0; model < QualityBoard.MODELS + 3; model++) {
      quality.add(MadeRecords.window("m" + model, 0, 1000, 0.1));
    }

    assertThat(quality.view()).hasSize(QualityBoard.MODELS);
  }

  @Test
  void refitsAreKeptByLevelTheWholePathFirst() {
    for (long version = 1; version <= 3; version++) {
      for (int level : new int[] {1, 2, 0}) {
        codebook.add(drift(level, version, 1000 * version, 0.1 * version));
      }
    }

    CodebookBoard.View users = codebook.view().get(0);
    assertThat(users.levels()).extracting(level -> level.latest().level()).containsExactly(0, 1, 2);
    assertThat(users.levels().get(1).points())
        .extracting(point -> point.values()[1])
        .containsExactly(0.1, 0.2, 0.1 * 3);
    assertThat(users.levels().get(0).points().get(0).values()[0])
        .as("a perplexity of 0 is one that nobody knows")
        .isNaN();
    assertThat(users.outcomes()).isEqualTo(Map.of(Outcome.PUBLISHED, 3L));
  }

  @Test
  void aRecordThatComesAgainIsNoNews() {
    assertThat(codebook.add(drift(1, 5, 1000, 0.3))).isTrue();
    assertThat(codebook.add(drift(1, 5, 1000, 0.3))).isFalse();
    assertThat(codebook.add(drift(1, 4, 900, 0.2))).isFalse();
  }

  @Test
  void whatWasHeldBackIsToldWithItsReason() {
    codebook.add(drift(0, 1, 1000, 0.3));
    codebook.add(drift(0, 1, 2000, 0.5, Outcome.HELD_BACK, "the error rose"));
    codebook.add(drift(0, 2, 3000, 0.3, Outcome.ROLLED_BACK, "to version 1"));

    assertThat(codebook.view().get(0).notable())
        .extracting(refit -> refit.reason())
        .containsExactly("to version 1", "the error rose");
    for (long version = 3; version < 200; version++) {
      codebook.add(drift(0, version, 1000 * (version + 1), 0.5, Outcome.HELD_BACK, "again"));
    }
    assertThat(codebook.view().get(0).notable()).hasSize(CodebookBoard.NOTABLE);
  }

  @Test
  void anAlarmStandsUntilARecordOfItsLevelIsWithoutIt() {
    alarms.add(drift(1, 1, 1000, 0.3, alarm("error", 1, 990)));
    alarms.add(drift(2, 1, 1000, 0.3));
    alarms.add(drift(1, 2, 2000, 0.3, alarm("error", 1, 990)));

    assertThat(alarms.view()).singleElement().extracting(AlarmLog.Entry::cleared).isNull();

    alarms.add(drift(1, 3, 3000, 0.3));
    assertThat(alarms.view())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.alarm().since()).isEqualTo(990);
              assertThat(entry.cleared()).isEqualTo(3000);
            });
  }

  @Test
  void anAlarmThatBeginsAnewEndsTheOneBefore() {
    alarms.add(drift(0, 1, 1000, 0.3, alarm("recall", 0, 990)));
    alarms.add(drift(0, 2, 2000, 0.3, alarm("recall", 0, 1990)));

    assertThat(alarms.view()).extracting(AlarmLog.Entry::cleared).containsExactly(null, 1990L);
  }

  @Test
  void clearedAlarmsAreBounded() {
    for (long version = 1; version <= 2L * AlarmLog.CLEARED + 2; version++) {
      long time = 1000 * version;
      alarms.add(
          version % 2 == 0
              ? drift(1, version, time, 0.3)
              : drift(1, version, time, 0.3, alarm("error", 1, time)));
    }

    assertThat(alarms.view()).hasSize(AlarmLog.CLEARED);
    assertThat(alarms.view().get(0).alarm().since()).isEqualTo(1000L * (2 * AlarmLog.CLEARED + 1));
  }
}
