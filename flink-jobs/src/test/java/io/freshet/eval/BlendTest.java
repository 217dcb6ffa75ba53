// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BlendTest {
  private final Blend blend =
      new Blend(
          DecayedPopularity.withHalfLifeHours(6), new ItemKnn(ItemKnn.Setting.cosine(30, 1)), 0.5);

  @Test
  void bothPartsAreScaledToOneAndAdded() {
    // Counts 2, 1, 1; item 1 met item 0, item 2 met nothing.
    blend.learn(0, 0, 0, false);
    blend.learn(0, 1, 0, false);
    blend.learn(1, 0, 0, false);
    blend.learn(2, 2, 0, false);

    double[] scores = blend.scores(1, 0, 3);
    assertThat(scores[0]).isCloseTo(0.5, within(1e-9));
    assertThat(scores[1]).isCloseTo(1 + 0.5 * 0.5, within(1e-9));
    assertThat(scores[2]).isCloseTo(0.5 * 0.5, within(1e-9));
  }

  @Test
  void aUserWithoutHistoryGetsThePopularityList() {
    blend.learn(0, 0, 0, false);
    blend.learn(1, 1, 0, false);
    blend.learn(2, 1, 0, false);

    double[] scores = blend.scores(9, 0, 2);
    assertThat(scores[1]).isGreaterThan(scores[0]);
  }
}
