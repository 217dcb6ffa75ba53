// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.ModelOptions;
import io.freshet.model.OnlineModel;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final ModelOptions MODEL = ModelOptions.defaults();

  private final Pace pace = new Pace(Learners.settings(32, 100, false));
  private long now = 1_000_000;
  private long idle = 5_000;

  @Test
  void aLearnerThatNeverWaitsTakesATenthOfTheLessonsAndReplaysLittle() {
    pass(20_000, 1.0);

    assertThat(pace.busy()).isCloseTo(1, within(0.01));
    assertThat(pace.lessons()).isCloseTo(0.1, within(1e-9));
    assertThat(pace.replay()).isCloseTo(MODEL.replayBehind(), within(1e-6f));
    assertThat(pace.asked()).isEqualTo(8);
  }

  @Test
  void aLearnerThatMostlyWaitsReplaysMoreAndTakesAllLessons() {
    pass(20_000, 0.1);

    assertThat(pace.lessons()).isEqualTo(1);
    assertThat(pace.replay()).isEqualTo(MODEL.replayIdle());
    assertThat(pace.asked()).isEqualTo(OnlineModel.ASKED);
  }

  @Test
  void inBetweenOptionalWorkShrinksBeforeThereIsNoTimeLeft() {
    pass(20_000, 0.7);

    assertThat(pace.lessons()).isCloseTo(0.55, within(0.02));
    assertThat(pace.replay()).isCloseTo(0.625f, within(0.02f));
    assertThat(pace.asked()).isEqualTo(14);
  }

  @Test
  void itTakesAboutTwoSecondsToNotice() {
    pass(20_000, 0.2);
    pass(2_000, 1.0);

    assertThat(pace.busy()).isCloseTo(1 - 0.8 * Math.exp(-1), within(0.05));
  }

  @Test
  void aLongWaitBetweenTwoMiniStepsCountsForAsLongAsItTook() {
    pass(20_000, 1.0);
    now += 60_000;
    idle += 60_000;
    pace.at(now, idle);

    assertThat(pace.busy()).isCloseTo(0, within(0.01));
  }

  @Test
  void replaysByTimestampAlwaysLearnAsConfigured() {
    Pace fixed = new Pace(Learners.settings(32, 100, true));
    for (int i = 0; i < 100; i++) {
      fixed.at(1000L * i, 0);
    }

    assertThat(fixed.busy()).isCloseTo(1, within(0.01));
    assertThat(fixed.lessons()).isEqualTo(1);
    assertThat(fixed.replay()).isEqualTo(1);
    assertThat(fixed.asked()).isEqualTo(OnlineModel.ASKED);
  }

  private void pass(long millis, double busy) {
    for (long passed = 0; passed < millis; passed += 50) {
      now += 50;
      idle += Math.round(50 * (1 - busy));
      pace.at(now, idle);
    }
  }
}
