// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CandidateScorerGradientTest {

  private static final int FEATURES = 3;
  private static final int HIDDEN = 4;
  private static final int WEIGHTS = FEATURES * HIDDEN + 2 * HIDDEN + FEATURES;

  private static final float RATE = 0.5f;

  private final Random random = new Random(67);

  @Test
  void scoresAreThoseOfTheNetworkInDoubles() {
    CandidateScorer scorer = anyScorer(0.5f);
    for (int n : new int[] {1, 5, 90, 7}) {
      float[] x = gaussian(n);
      double[] expected = scores(scorer.state(), scorer.state(), x);
      float[] actual = new float[n];
      scorer.score(x, n, actual);
      for (int row = 0; row < n; row++) {
        assertThat((double) actual[row]).isCloseTo(expected[row], within(1e-4));
      }
    }
  }

  @Test
  void aStepFollowsTheSlopeOfTheLoss() {
    for (int round = 0; round < 10; round++) {
      assertStepFollowsSlope(0.5f, 2e-4);
    }
  }

  @Test
  void candidatesWithoutAChanceHaveNoPartInAStepAndDoNoHarm() {
    for (int round = 0; round < 10; round++) {
      assertStepFollowsSlope(5, 5e-3);
    }
  }

  /** AdaGrad's sums and the way that a weight went tell the gradient of the step. */
  private void assertStepFollowsSlope(float spread, double tolerance) {
    CandidateScorer scorer = anyScorer(spread);
    int n = 2 + random.nextInt(7);
    float[] x = gaussian(n);
    int taken = random.nextInt(n);
    final float[] before = scorer.state();
    scorer.learn(x, n, taken);
    float[] after = scorer.state();
    for (int i = 0; i < WEIGHTS; i++) {
      double slope = slope(before, after, x, taken, i);
      double sum = 0.9995 * before[WEIGHTS + i] + slope * slope;
      // A sum whose weight had no gradient at all stays as it is.
      if (Math.abs(slope) > tolerance) {
        assertThat((double) after[WEIGHTS + i]).isCloseTo(sum, withinPercentage(100 * tolerance));
      }
      assertThat((double) before[i] - after[i])
          .as("weight %d", i)
          .isCloseTo(RATE * slope / Math.sqrt(sum), within(tolerance));
    }
  }

  /** A scorer with weights, sums and scale of any values. */
  private CandidateScorer anyScorer(float spread) {
    CandidateScorer scorer = new CandidateScorer(new float[FEATURES], HIDDEN, RATE, 1);
    float[] state = scorer.state();
    for (int i = 0; i < state.length; i++) {
      state[i] = i < WEIGHTS ? spread * (float) random.nextGaussian() : 0.5f + random.nextFloat();
    }
    state[2 * WEIGHTS] = 20;
    assertThat(scorer.restore(state)).isTrue();
    return scorer;
  }

  private double slope(float[] weights, float[] scale, float[] x, int taken, int i) {
    double step = 1e-4;
    float[] moved = weights.clone();
    moved[i] = (float) (weights[i] + step);
    double up = moved[i];
    double above = loss(moved, scale, x, taken);
    moved[i] = (float) (weights[i] - step);
    return (above - loss(moved, scale, x, taken)) / (up - moved[i]);
  }

  private static double loss(float[] weights, float[] scale, float[] x, int taken) {
    double[] scores = scores(weights, scale, x);
    double sum = Arrays.stream(scores).map(Math::exp).sum();
    return Math.log(sum) - scores[taken];
  }

  /** The network in doubles, with the weights of one state and the scale of another. */
  private static double[] scores(float[] weights, float[] scale, float[] x) {
    int means = 2 * WEIGHTS + 1;
    double[] scores = new double[x.length / FEATURES];
    for (int row = 0; row < scores.length; row++) {
      double[] hidden = new double[HIDDEN];
      for (int f = 0; f < FEATURES; f++) {
        double deviation = Math.sqrt(scale[means + FEATURES + f]);
        double far = (x[row * FEATURES + f] - scale[means + f]) / deviation;
        double scaled = Math.max(-5, Math.min(5, far));
        scores[row] += scaled * weights[FEATURES * HIDDEN + 2 * HIDDEN + f];
        for (int j = 0; j < HIDDEN; j++) {
          hidden[j] += scaled * weights[f * HIDDEN + j];
        }
      }
      for (int j = 0; j < HIDDEN; j++) {
        double active = Math.max(0, hidden[j] + weights[FEATURES * HIDDEN + j]);
        scores[row] += active * weights[FEATURES * HIDDEN + HIDDEN + j];
      }
    }
    return scores;
  }

  private float[] gaussian(int n) {
    float[] x = new float[n * FEATURES];
    for (int at = 0; at < x.length; at++) {
      x[at] = (float) random.nextGaussian();
    }
    return x;
  }
}
