// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DecayedPopularityTest {
  private static final long HOUR = 3_600_000;

  @Test
  void plainPopularityCountsEventsWhateverTheirAge() {
    DecayedPopularity popularity = DecayedPopularity.undecayed();
    popularity.learn(0, 0, 0, false);
    popularity.learn(1, 0, 1, false);
    popularity.learn(1, 1, 1_000_000 * HOUR, false);

    double[] scores = popularity.scores(5, 2_000_000 * HOUR, 3);
    assertThat(scores[0]).isEqualTo(2);
    assertThat(scores[1]).isEqualTo(1);
    assertThat(scores[2]).isZero();
    assertThat(popularity.name()).isEqualTo("popularity");
  }

  @Test
  void anEventCountsHalfAfterOneHalfLife() {
    DecayedPopularity popularity = DecayedPopularity.withHalfLifeHours(6);
    popularity.learn(0, 0, 0, false);
    popularity.learn(0, 1, 6 * HOUR, false);

    double[] scores = popularity.scores(0, 6 * HOUR, 2);
    assertThat(scores[0] / scores[1]).isCloseTo(0.5, within(1e-12));
    assertThat(popularity.setting()).isEqualTo("half-life 6 h");
  }

  @Test
  void ratiosSurviveARebaseOfTheClock() {
    DecayedPopularity popularity = DecayedPopularity.withHalfLifeHours(1);
    popularity.learn(0, 0, 0, false);
    popularity.learn(0, 1, 499 * HOUR, false);
    popularity.learn(0, 2, 501 * HOUR, false);

    double[] scores = popularity.scores(0, 501 * HOUR, 3);
    assertThat(scores[2]).isEqualTo(1);
    assertThat(scores[1]).isCloseTo(0.25, within(1e-12));
    assertThat(scores[0]).isBetween(0.0, 1e-100);
  }
}
