// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrequentialEvaluationTest {
  private final Scripted baseline = new Scripted();
  private final PrequentialEvaluation evaluation =
      new PrequentialEvaluation(List.of(new Trial(baseline, 1)), 10);

  @Test
  void eventsOfOneMomentAreAllTestedBeforeAnyIsLearned() {
    evaluation.add(0, 0, true, 10);
    evaluation.add(0, 1, true, 20);
    evaluation.add(1, 0, true, 20);
    evaluation.add(1, 1, true, 20);
    evaluation.finish();

    assertThat(baseline.calls)
        .containsExactly("learn 0:0", "score 1 of 1", "learn 0:1", "learn 1:0", "learn 1:1");
  }

  @Test
  void aTenthThatHasPassedIsAnnouncedBetweenTwoMoments() {
    for (int e = 0; e < 10; e++) {
      evaluation.add(0, e, e % 2 == 0, e < 3 ? 0 : e);
    }
    evaluation.finish();

    assertThat(baseline.tenths).isEqualTo(7);
  }

  @Test
  void anItemFirstSeenInTheSameMomentIsAMiss() {
    evaluation.add(0, 0, true, 10);
    evaluation.add(1, 1, true, 20);
    evaluation.add(0, 1, true, 20);
    evaluation.finish();

    assertThat(row().all()).isEqualTo(new RankMetrics(0, 0, 0, 3));
    assertThat(row().warm().n()).isZero();
  }

  @Test
  void tiesThatAppearedEarlierRankHigher() {
    baseline.scores = new double[] {1, 1, 1};
    // Item 9 appears first, then 4, then 7: the caller's numbers do not matter.
    evaluation.add(0, 9, true, 1);
    evaluation.add(1, 4, true, 2);
    evaluation.add(2, 7, true, 3);
    evaluation.finish();
    evaluation.takeWindow();
    evaluation.add(3, 7, true, 4);
    evaluation.finish();

    // Rank 3: NDCG 1/log2(4).
    assertThat(evaluation.takeWindow().get(0).all()).isEqualTo(new RankMetrics(1, 0.5, 1, 1));
  }

  @Test
  void aUsersOwnItemsAreNoCandidates() {
    baseline.scores = new double[] {3, 2, 1};
    evaluation.add(0, 0, true, 1);
    evaluation.add(0, 1, true, 2);
    evaluation.add(1, 2, true, 3);
    evaluation.finish();
    evaluation.takeWindow();
    evaluation.add(0, 2, true, 4);
    evaluation.finish();

    assertThat(evaluation.takeWindow().get(0).warm()).isEqualTo(new RankMetrics(1, 1, 1, 1));
  }

  @Test
  void repeatsAreLearnedButNotTested() {
    evaluation.add(0, 0, true, 1);
    evaluation.add(0, 0, true, 2);
    evaluation.add(1, 1, true, 3);
    evaluation.add(1, 1, true, 3);
    evaluation.finish();

    assertThat(row().all().n()).isEqualTo(2);
    assertThat(baseline.calls)
        .containsExactly("learn 0:0", "learn 0:0 again", "learn 1:1", "learn 1:1 again");
  }

  @Test
  void onlyPositivesAreTestedLearnedOrMakeAnythingSeen() {
    evaluation.add(0, 0, false, 1);
    evaluation.add(1, 0, true, 2);
    evaluation.add(0, 0, true, 3);
    evaluation.finish();

    assertThat(baseline.calls).containsExactly("learn 1:0", "score 0 of 1", "learn 0:0");
    assertThat(row().warm().n()).isZero();
    assertThat(row().all().n()).isEqualTo(2);
  }

  @Test
  void anEventIsWarmWhenUserAndItemWereBothSeenBefore() {
    evaluation.add(0, 0, true, 1);
    evaluation.add(1, 1, true, 2);
    evaluation.add(2, 0, true, 3); // new user
    evaluation.add(0, 2, true, 4); // new item
    evaluation.add(0, 1, true, 5); // warm
    evaluation.finish();

    assertThat(row().warm().n()).isEqualTo(1);
    assertThat(row().all().n()).isEqualTo(5);
  }

  @Test
  void aScoreThatIsNotANumberIsAMiss() {
    baseline.scores = new double[] {Double.NaN};
    evaluation.add(0, 0, true, 1);
    evaluation.add(1, 0, true, 2);
    evaluation.finish();

    assertThat(row().all()).isEqualTo(new RankMetrics(0, 0, 0, 2));
  }

  @Test
  void windowsAddUpToTheWhole() {
    QualityTotals sum = new QualityTotals();
    for (int i = 0; i < 60; i++) {
      evaluation.add(i % 7, i % 11, true, i / 3);
      if (i % 10 == 9) {
        sum.add(evaluation.takeWindow().get(0));
      }
    }
    evaluation.finish();
    sum.add(evaluation.takeWindow().get(0));

    assertThat(sum.all().n()).isEqualTo(60);
    assertThat(sum.all().ndcg20()).isCloseTo(row().all().ndcg20(), within(1e-12));
    assertThat(sum.warm().n()).isEqualTo(row().warm().n());
    assertThat(sum.warm().recall20()).isEqualTo(row().warm().recall20());
  }

  @Test
  void timeThatRunsBackwardsIsRejected() {
    evaluation.add(0, 0, true, 2);

    assertThatThrownBy(() -> evaluation.add(0, 1, true, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 after 2");
  }

  @Test
  void negativeNumbersAreRejected() {
    assertThatThrownBy(() -> evaluation.add(-1, 0, true, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user -1");
  }

  @Test
  void theStandardBaselinesFindAPatternThatRepeats() {
    PrequentialEvaluation standard = StandardBaselines.evaluation(Retraining.none(), 1, 2);
    for (int event = 0; event < 2_000; event++) {
      standard.add(event / 5, (event / 5 % 2) * 50 + event % 5, true, event * 60_000L);
    }
    standard.finish();

    List<EvaluationRow> best = standard.bestRows();
    assertThat(best)
        .extracting(EvaluationRow::name)
        .containsExactly(
            "popularity",
            "decayed-popularity",
            "item-knn",
            "blend",
            "isgd",
            "isgd-small-start",
            "isgd",
            "isgd-small-start");
    assertThat(best)
        .filteredOn(row -> !row.name().equals("isgd")) // its wide start takes longer to overcome
        .allMatch(row -> row.warm().recall20() > 0.9);
    assertThat(best).allMatch(row -> row.cpu().recommend() > 0 && row.cpu().learn() > 0);
  }

  private EvaluationRow row() {
    return evaluation.rows().get(0);
  }

  /** Writes down what it is asked and answers with fixed scores. */
  private static final class Scripted implements Baseline {
    private final List<String> calls = new ArrayList<>();
    private double[] scores = new double[16];
    private int tenths;

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public String setting() {
      return "";
    }

    @Override
    public double[] scores(int user, long timeMs, int items) {
      calls.add("score " + user + " of " + items);
      return scores;
    }

    @Override
    public void learn(int user, int item, long timeMs, boolean repeat) {
      calls.add("learn " + user + ":" + item + (repeat ? " again" : ""));
    }

    @Override
    public void tenthPassed() {
      tenths++;
    }
  }
}
