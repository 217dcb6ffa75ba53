// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ItemKnnTest {
  private static final long HOUR = 3_600_000;

  @Test
  void scoresAreDiscountedCosinesWorkedOutByHand() {
    ItemKnn knn = new ItemKnn(ItemKnn.Setting.cosine(30, 0.5));
    // Counts n: item 0 three, item 1 two, item 2 one. Together: (0,1) twice, (0,2) and (1,2) once.
    take(knn, 0, 0, 1, 2);
    take(knn, 1, 0, 1);
    take(knn, 2, 0);

    double[] scores = knn.scores(1, 0, 3);
    // User 1 took 1 last, 0 before: cos(1,2) + 0.5 cos(0,2).
    assertThat(scores[2])
        .isCloseTo(1 / Math.sqrt(2 * 1) + 0.5 * 1 / Math.sqrt(3 * 1), within(1e-6));
    scores = knn.scores(2, 0, 3);
    assertThat(scores[1]).isCloseTo(2 / Math.sqrt(3 * 2), within(1e-6));
  }

  @Test
  void withPowersOneAndZeroAScoreIsAConditionalProbability() {
    ItemKnn knn = new ItemKnn(new ItemKnn.Setting(30, 1, 1, 0, Double.POSITIVE_INFINITY));
    take(knn, 0, 0, 1);
    take(knn, 1, 0, 1);
    take(knn, 2, 0, 2);
    take(knn, 3, 0);

    double[] scores = knn.scores(3, 0, 3);
    assertThat(scores[1]).isCloseTo(2 / 4.0, within(1e-6));
    assertThat(scores[2]).isCloseTo(1 / 4.0, within(1e-6));
  }

  @Test
  void onlyTheLastItemsOfAUserCount() {
    ItemKnn knn = new ItemKnn(ItemKnn.Setting.cosine(1, 1));
    take(knn, 0, 0, 1, 2);

    // 0 and 2 never met: 1 stood between them.
    take(knn, 1, 0);
    double[] scores = knn.scores(1, 0, 3);
    assertThat(scores[1]).isPositive();
    assertThat(scores[2]).isZero();
  }

  @Test
  void oldCoOccurrencesFadeByHalfEachHalfLife() {
    ItemKnn knn = new ItemKnn(new ItemKnn.Setting(30, 1, 0, 0, 24.0 * HOUR));
    knn.learn(0, 0, 0, false);
    knn.learn(0, 1, 0, false);
    knn.learn(1, 0, 0, false);
    knn.learn(1, 2, 24 * HOUR, false);
    knn.learn(2, 0, 24 * HOUR, false);

    double[] scores = knn.scores(2, 24 * HOUR, 3);
    assertThat(scores[1] / scores[2]).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void veryOldCoOccurrencesAreForgotten() {
    ItemKnn knn = new ItemKnn(new ItemKnn.Setting(30, 1, 0, 0, (double) HOUR));
    take(knn, 0, 0, 1);
    knn.learn(1, 0, 100 * HOUR, false);

    assertThat(knn.scores(1, 100 * HOUR, 2)[1]).isZero();
  }

  @Test
  void repeatsTeachNothing() {
    ItemKnn knn = new ItemKnn(ItemKnn.Setting.cosine(30, 1));
    take(knn, 0, 0, 1);
    double before = knn.scores(0, 0, 2)[1];
    knn.learn(0, 0, 0, true);

    assertThat(knn.scores(0, 0, 2)[1]).isEqualTo(before);
  }

  private static void take(ItemKnn knn, int user, int... items) {
    for (int item : items) {
      knn.learn(user, item, 0, false);
    }
  }
}
