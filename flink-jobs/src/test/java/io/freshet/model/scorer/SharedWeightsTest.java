// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedWeightsTest {
  private final float[] live = {1, 2, 3};
  private final SharedWeights weights = new SharedWeights(live);

  @Test
  void whatStepsChangedLeavesOnce() {
    assertThat(weights.drain(1)).isNull();
    live[0] += 0.5f;
    live[2] -= 1;
    assertThat(weights.drain(2)).containsExactly(0.5f, 0, -1);
    assertThat(weights.drain(3)).isNull();
    assertThat(weights.pending()).isEqualTo(1);
    assertThat(weights.values()).containsExactly(1.5f, 2, 2);
  }

  @Test
  void whatTheOwnersWeightsLackIsLaidOnTop() {
    live[0] += 1;
    weights.drain(1);
    live[0] += 2;
    weights.drain(2);
    live[0] += 4;

    assertThat(weights.take(new float[] {102, 200, 300}, 1)).isTrue();
    assertThat(live).as("lacks the second, and what has not left").containsExactly(108, 200, 300);
    assertThat(weights.pending()).isEqualTo(1);
    assertThat(weights.drain(3)).as("own steps alone").containsExactly(4, 0, 0);

    weights.take(new float[] {108, 201, 300}, 3);
    assertThat(live).containsExactly(108, 201, 300);
    assertThat(weights.pending()).isZero();
    assertThat(weights.drain(4)).isNull();
  }

  @Test
  void weightsOfAnotherShapeAreRefused() {
    live[0] += 1;
    assertThat(weights.take(new float[] {5, 5}, 9)).isFalse();
    assertThat(live).containsExactly(2, 2, 3);
    assertThat(weights.drain(1)).containsExactly(1, 0, 0);
  }

  @Test
  void whileTooManyAreOnTheirWayTheNextGrows() {
    int sequence = 0;
    float[] change;
    do {
      live[1] += 1;
      change = weights.drain(++sequence);
    } while (change != null);
    assertThat(weights.pending()).isEqualTo(32);
    live[1] += 1;
    assertThat(weights.drain(sequence)).isNull();

    weights.take(new float[] {1, 34, 3}, 32);
    assertThat(live).containsExactly(1, 36, 3);
    assertThat(weights.drain(sequence)).containsExactly(0, 2, 0);
  }

  @Test
  void twoLearnersWithAnOwnerHaveTheStepsOfBoth() {
    float[] others = live.clone();
    SharedWeights other = new SharedWeights(others);
    float[] owner = live.clone();
    for (int sequence = 1; sequence <= 100; sequence++) {
      live[sequence % 3] += 1;
      others[sequence % 2] -= 2;
      // The owner's row lacks what each sent last.
      long contained = sequence - 1;
      float[] row = owner.clone();
      add(owner, weights.drain(sequence));
      add(owner, other.drain(sequence));
      weights.take(row, contained);
      other.take(row, contained);
    }
    weights.take(owner, 100);
    other.take(owner, 100);
    assertThat(live).containsExactly(1 + 33 - 100, 2 + 34 - 100, 3 + 33);
    assertThat(others).isEqualTo(live);
  }

  private static void add(float[] sums, float[] change) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += change[i];
    }
  }

  @Test
  void aRestoredScorerBeginsWithNothingToSend() {
    CandidateScorer scorer = new CandidateScorer(new float[3], 2, 0.05f, 1);
    scorer.learn(new float[] {1, 0, 0, 0, 1, 0}, 2, 0);
    assertThat(scorer.lessons()).isEqualTo(1);
    CandidateScorer restored = new CandidateScorer(new float[3], 2, 0.05f, 2);
    assertThat(restored.restore(scorer.state())).isTrue();
    assertThat(restored.shared().values()).isEqualTo(scorer.shared().values());
    assertThat(restored.shared().drain(1)).isNull();
    assertThat(scorer.shared().drain(1)).isNotNull();
  }
}
