// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CandidateScorerTest {

  private static final int FEATURES = 3;
  private static final int HIDDEN = 4;

  /** Candidates [n,FEATURES] and the one that was taken. */
  private record Choice(float[] x, int taken) {
    int n() {
      return x.length / FEATURES;
    }
  }

  private final Random random = new Random(61);

  @Test
  void theFirstListsAreRankedByTheStartAlone() {
    CandidateScorer scorer = new CandidateScorer(new float[] {2, -1, 0.5f}, HIDDEN, 0.1f, 1);
    assertThat(scores(scorer, 1, 0, 0, 0, 1, 0, 3, 3, 4)).containsExactly(2, -1, 5);
    assertThat(scorer.loss()).isZero();
  }

  @Test
  void aPlantedPreferenceIsLearntAndTheLossFalls() {
    CandidateScorer scorer = new CandidateScorer(new float[FEATURES], HIDDEN, 0.05f, 1);
    Supplier<Choice> linear = () -> best(5, x -> 2 * x[0] - x[1]);
    Choice first = linear.get();
    scorer.learn(first.x(), 5, first.taken());
    assertThat(scorer.loss()).isCloseTo((float) Math.log(5), within(1e-5f));
    learn(scorer, linear, 300);
    float early = scorer.loss();
    learn(scorer, linear, 3000);
    assertThat(early).isLessThan(1);
    assertThat(scorer.loss()).isLessThan(early / 2);
    assertThat(hits(scorer, linear)).isGreaterThan(0.9);
  }

  @Test
  void aRuleThatNoSumOfFeaturesTellsIsLearntToo() {
    CandidateScorer scorer = new CandidateScorer(new float[FEATURES], 16, 0.05f, 1);
    Supplier<Choice> product = () -> best(4, x -> x[0] * x[1]);
    learn(scorer, product, 3000);
    assertThat(hits(scorer, product)).isGreaterThan(0.8);
  }

  @Test
  void whatOneUserGoesByAndAnotherNotIsLearntToo() {
    // The last feature belongs to the user: the first counts for some users, the second for others.
    Supplier<Choice> choices =
        () -> {
          float kind = random.nextInt(2);
          Choice any = gaussian(4);
          for (int row = 0; row < 4; row++) {
            any.x()[row * FEATURES + 2] = kind;
          }
          return taken(any.x(), x -> kind == 1 ? x[0] : x[1]);
        };
    CandidateScorer scorer = new CandidateScorer(new float[FEATURES], 16, 0.05f, 1);
    learn(scorer, choices, 3000);
    assertThat(hits(scorer, choices)).isGreaterThan(0.85);
    CandidateScorer bestSum = new CandidateScorer(new float[] {1, 1, 0}, 16, 0.05f, 1);
    assertThat(hits(bestSum, choices)).isLessThan(0.75);
  }

  @Test
  void aRestoredScorerScoresAndLearnsBitForBitLikeTheOther() {
    CandidateScorer scorer = new CandidateScorer(new float[] {1, 0, 2}, HIDDEN, 0.05f, 1);
    Supplier<Choice> choices = () -> best(6, x -> x[0] - x[2] * x[2]);
    learn(scorer, choices, 50);
    CandidateScorer other = new CandidateScorer(new float[FEATURES], HIDDEN, 0.05f, 9);
    assertThat(other.restore(scorer.state())).isTrue();
    assertThat(other.state()).isEqualTo(scorer.state());
    for (int i = 0; i < 50; i++) {
      Choice choice = choices.get();
      assertThat(scores(other, choice.x())).isEqualTo(scores(scorer, choice.x()));
      scorer.learn(choice.x(), 6, choice.taken());
      other.learn(choice.x(), 6, choice.taken());
      assertThat(other.state()).isEqualTo(scorer.state());
    }
  }

  @Test
  void aStateIsACopy() {
    CandidateScorer scorer = new CandidateScorer(new float[FEATURES], HIDDEN, 0.1f, 1);
    float[] state = scorer.state();
    Arrays.fill(scorer.state(), 7);
    assertThat(scorer.state()).isEqualTo(state);
  }

  @Test
  void theStateOfAnotherShapeIsRefusedAndChangesNothing() {
    CandidateScorer scorer = new CandidateScorer(new float[FEATURES], HIDDEN, 0.1f, 1);
    learn(scorer, () -> gaussian(3), 9);
    float[] before = scorer.state();
    float[] wider = new CandidateScorer(new float[FEATURES], HIDDEN + 1, 0.1f, 1).state();
    float[] more = new CandidateScorer(new float[FEATURES + 1], HIDDEN, 0.1f, 1).state();
    assertThat(scorer.restore(wider)).isFalse();
    assertThat(scorer.restore(more)).isFalse();
    assertThat(scorer.restore(new float[0])).isFalse();
    assertThat(scorer.state()).isEqualTo(before);
  }

  @Test
  void theLossOfARestoredScorerIsThatOfItsOwnLists() {
    CandidateScorer scorer = new CandidateScorer(new float[FEATURES], HIDDEN, 0.05f, 1);
    Supplier<Choice> noise = () -> gaussian(8);
    learn(scorer, noise, 5000);
    CandidateScorer other = new CandidateScorer(new float[FEATURES], HIDDEN, 0.05f, 1);
    other.restore(scorer.state());
    learn(other, noise, 100);
    assertThat(other.loss()).isCloseTo((float) Math.log(8), within(0.3f));
  }

  /** Score of one candidate's features. */
  private interface Rule {
    double of(float[] x);
  }

  private Choice gaussian(int n) {
    float[] x = new float[n * FEATURES];
    for (int at = 0; at < x.length; at++) {
      x[at] = (float) random.nextGaussian();
    }
    return new Choice(x, random.nextInt(n));
  }

  private Choice best(int n, Rule rule) {
    return taken(gaussian(n).x(), rule);
  }

  private static Choice taken(float[] x, Rule rule) {
    int best = 0;
    for (int row = 1; row < x.length / FEATURES; row++) {
      best = rule.of(row(x, row)) > rule.of(row(x, best)) ? row : best;
    }
    return new Choice(x, best);
  }

  private static float[] row(float[] x, int row) {
    return Arrays.copyOfRange(x, row * FEATURES, (row + 1) * FEATURES);
  }

  private static void learn(CandidateScorer scorer, Supplier<Choice> choices, int lists) {
    for (int i = 0; i < lists; i++) {
      Choice choice = choices.get();
      scorer.learn(choice.x(), choice.n(), choice.taken());
    }
  }

  /** Share of fresh lists whose taken candidate has the highest score. */
  private static double hits(CandidateScorer scorer, Supplier<Choice> choices) {
    int hits = 0;
    for (int i = 0; i < 500; i++) {
      Choice choice = choices.get();
      float[] scores = scores(scorer, choice.x());
      int best = 0;
      for (int row = 1; row < scores.length; row++) {
        best = scores[row] > scores[best] ? row : best;
      }
      hits += best == choice.taken() ? 1 : 0;
    }
    return hits / 500.0;
  }

  private static float[] scores(CandidateScorer scorer, float... x) {
    float[] out = new float[x.length / FEATURES];
    scorer.score(x, out.length, out);
    return out;
  }
}
