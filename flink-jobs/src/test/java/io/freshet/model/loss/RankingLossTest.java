// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RankingLossTest {

  static Stream<RankingLoss> losses() {
    return Stream.of(
        new Bpr(), new SampledSoftmax(0.5), new HardBpr(0.3), new SmoothPrecision(0.7));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientsAreTheSlopesOfTheLoss(RankingLoss loss) {
    int edges = 4;
    int k = 3;
    Random random = new Random(5);
    float[] positive = scores(random, edges);
    float[] negative = scores(random, edges * k);
    float[] positiveGradient = positive.clone();
    float[] negativeGradient = negative.clone();
    loss.differentiate(0, edges, k, positiveGradient, negativeGradient);

    for (int e = 0; e < edges; e++) {
      assertThat((double) positiveGradient[e])
          .isCloseTo(slope(loss, k, positive, negative, positive, e), within(1e-3));
    }
    for (int j = 0; j < edges * k; j++) {
      assertThat((double) negativeGradient[j])
          .isCloseTo(slope(loss, k, positive, negative, negative, j), within(1e-3));
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void extremeScoresStayFinite(RankingLoss loss) {
    float[] positive = {-1e4f, 1e4f};
    float[] negative = {1e4f, -1e4f};

    double value = loss.differentiate(0, 2, 1, positive, negative);

    assertThat(value).isFinite();
    assertThat(positive).doesNotContain(Float.NaN);
    assertThat(negative).doesNotContain(Float.NaN);
  }

  @Test
  void hardBprWithoutWarmthSeesTheHighestNegativeAlone() {
    float[] negative = {0.1f, 2f, -1f};

    new HardBpr(1e-3).differentiate(0, 1, 3, new float[] {0f}, negative);

    assertThat(negative[0]).isZero();
    assertThat(negative[1]).isCloseTo(0.8808f, within(1e-3f));
    assertThat(negative[2]).isZero();
  }

  @Test
  void onlyTheRangeIsTouched() {
    float[] positive = {1f, 2f, 3f};
    float[] negative = {1f, 2f, 3f};

    new Bpr().differentiate(1, 2, 1, positive, negative);

    assertThat(positive).containsExactly(1f, -0.5f, 3f);
    assertThat(negative).containsExactly(1f, 0.5f, 3f);
  }

  private static double slope(
      RankingLoss loss, int k, float[] positive, float[] negative, float[] moved, int at) {
    float step = 1e-2f;
    float kept = moved[at];
    moved[at] = kept + step;
    double up = loss.differentiate(0, positive.length, k, positive.clone(), negative.clone());
    moved[at] = kept - step;
    double down = loss.differentiate(0, positive.length, k, positive.clone(), negative.clone());
    moved[at] = kept;
    return (up - down) / (2 * step);
  }

  private static float[] scores(Random random, int n) {
    float[] scores = new float[n];
    for (int i = 0; i < n; i++) {
      scores[i] = (float) random.nextGaussian();
    }
    return scores;
  }
}
