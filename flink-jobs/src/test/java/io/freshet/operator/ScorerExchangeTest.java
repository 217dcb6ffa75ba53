// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.scorer.CandidateScorer;
import io.freshet.schema.ScorerDelta;
import io.freshet.schema.ScorerRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScorerExchangeTest {
  private static final int FEATURES = 3;

  private final List<ScorerDelta> sent = new ArrayList<>();
  private final CandidateScorer scorer = scorer();

  private static CandidateScorer scorer() {
    return new CandidateScorer(new float[FEATURES], 2, 0.05f, 1);
  }

  private ScorerExchange exchange(int learners) {
    return new ScorerExchange(scorer, 1, learners, 5, 100, sent::add);
  }

  private void learn(int lessons) {
    for (int i = 0; i < lessons; i++) {
      scorer.learn(new float[] {1, 0, 0, 0, 1, 0}, 2, i % 2);
    }
  }

  private static ScorerRow row(long epoch, long version, float all) {
    float[] weights = scorer().shared().values();
    Arrays.fill(weights, all);
    return new ScorerRow(epoch, version, weights, new long[] {0, 101});
  }

  @Test
  void everyTwentyLessonsWhatTheyChangedIsSent() {
    ScorerExchange exchange = exchange(2);
    learn(19);
    exchange.sendIfDue();
    assertThat(sent).isEmpty();
    learn(1);
    exchange.sendIfDue();
    exchange.sendIfDue();
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).learner()).isEqualTo(1);
    assertThat(sent.get(0).sequence()).isEqualTo(101);
    assertThat(sent.get(0).weights()).isEqualTo(scorer.shared().values());
    float[] start = scorer().shared().values();
    for (int i = 0; i < start.length; i++) {
      assertThat(sent.get(0).change()[i]).isEqualTo(sent.get(0).weights()[i] - start[i]);
    }
    assertThat(exchange.pending()).isEqualTo(1);

    learn(20);
    exchange.sendIfDue();
    assertThat(sent).extracting(ScorerDelta::sequence).containsExactly(101L, 102L);
  }

  @Test
  void theNewestRowIsTakenOverAndThoseOfAnotherJobAreNot() {
    ScorerExchange exchange = exchange(2);
    exchange.apply(row(4, 9, 1));
    assertThat(scorer.shared().values()).as("another job's").doesNotContain(1);
    exchange.apply(row(6, 2, 2));
    assertThat(scorer.shared().values()).containsOnly(2);
    exchange.apply(row(6, 1, 3));
    assertThat(scorer.shared().values()).as("an older one").containsOnly(2);
    exchange.apply(row(7, 1, 4));
    assertThat(scorer.shared().values()).containsOnly(4);
    exchange.apply(new ScorerRow(8, 1, new float[] {1, 2}, new long[0]));
    assertThat(scorer.shared().values()).as("another shape").containsOnly(4);
  }

  @Test
  void whatIsOnItsWayStaysUntilARowContainsIt() {
    ScorerExchange exchange = exchange(2);
    learn(20);
    exchange.sendIfDue();
    learn(20);
    exchange.sendIfDue();
    exchange.apply(row(6, 1, 2)); // which contains the first
    float[] expected = row(6, 1, 2).weights();
    for (int i = 0; i < expected.length; i++) {
      expected[i] += sent.get(1).change()[i];
    }
    assertThat(scorer.shared().values()).isEqualTo(expected);
    assertThat(exchange.pending()).isEqualTo(1);
  }

  @Test
  void aLearnerThatIsAloneSendsNothingAndTakesNothing() {
    ScorerExchange exchange = exchange(1);
    learn(100);
    float[] own = scorer.shared().values();
    exchange.sendIfDue();
    exchange.apply(row(6, 1, 2));
    assertThat(sent).isEmpty();
    assertThat(scorer.shared().values()).isEqualTo(own);
  }
}
