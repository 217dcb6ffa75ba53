// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CodebookFitTest {

  private static final int DIM = 8;
  private static final int CODES = 6;
  private static final int USERS = 600;

  private final Blobs blobs = new Blobs(CODES, DIM, 0.1f, 21);

  @Test
  void isReadyAfterAsManyVectorsAndAsLongAsTheOptionsAsk() {
    CodebookFit fit = fit(options());
    assertThat(fit.ready(1_000_000)).isFalse();
    fit.add(blobs.gathered(fit.books(), blobs.vectors(499)));
    assertThat(fit.ready(1_000_000)).isFalse();
    fit.add(blobs.gathered(fit.books(), blobs.vectors(1)));
    assertThat(fit.ready(1_000_000)).isTrue();

    fit.refit(1_000_000);
    fit.add(blobs.gathered(fit.books(), blobs.vectors(USERS)));
    assertThat(fit.ready(1_009_999)).isFalse();
    assertThat(fit.ready(1_010_000)).isTrue();
  }

  @Test
  void theFirstFitFindsThePlantedGroups() {
    CodebookFit fit = fit(options());
    Refit refit = refit(fit, blobs.vectors(USERS));

    assertThat(refit.outcome()).isEqualTo(Refit.Outcome.PUBLISHED);
    assertThat(refit.first()).isTrue();
    assertThat(refit.users()).isEqualTo(USERS);
    assertThat(refit.books()).isSameAs(fit.books());
    assertThat(refit.books().version()).isEqualTo(1);
    CodebookFigures first = refit.figures()[1];
    assertThat(first.level()).isEqualTo(1);
    assertThat(first.codesUsed()).isEqualTo(CODES);
    assertThat(first.perplexity()).isGreaterThan(5.9);
    // Six groups of noise .1 around centres of unit variance.
    assertThat(first.error()).isCloseTo(0.01, within(0.003));
    assertThat(first.separation()).isGreaterThan(5);
    assertThat(refit.figures()[2].error()).isLessThan(first.error());
    assertThat(refit.figures()[0].codes()).isEqualTo(CODES * CODES);
    assertThat(refit.figures()[0].error()).isEqualTo(refit.figures()[2].error());
    assertThat(Arrays.stream(first.usage()).sum()).isCloseTo(1, within(1e-9));
  }

  @Test
  void reFitsFollowGroupsThatMove() {
    CodebookFit fit = fit(options());
    refit(fit, blobs.vectors(USERS));
    blobs.move(0.3f);
    double before = refit(fit, blobs.vectors(USERS)).figures()[1].error();
    for (int round = 0; round < 20; round++) {
      refit(fit, blobs.vectors(USERS));
    }
    Refit last = refit(fit, blobs.vectors(USERS));

    assertThat(fit.books().version()).isEqualTo(23);
    assertThat(last.figures()[1].error()).isLessThan(before / 3);
    assertThat(last.figures()[1].centroidShift()).isLessThan(0.05);
  }

  @Test
  void aStandStillLeavesTheBooksAloneButStillTellsOfTheError() {
    CodebookFit fit = fit(options().frozenAfter(2));
    refit(fit, blobs.vectors(USERS));
    refit(fit, blobs.vectors(USERS));
    Codebooks last = fit.books();
    blobs.move(0.3f);
    Refit frozen = refit(fit, blobs.vectors(USERS));

    assertThat(frozen.outcome()).isEqualTo(Refit.Outcome.HELD_BACK);
    assertThat(frozen.reason()).contains("stand still after 2 re-fits");
    assertThat(frozen.books()).isSameAs(last);
    assertThat(frozen.figures()[1].error()).isGreaterThan(0.04);
    assertThat(frozen.figures()[1].centroidShift()).isZero();
    assertThat(fit.users()).isZero();
  }

  @Test
  void aCodeThatNobodyHasAnyMoreIsPutWhereVectorsAre() {
    CodebookFit fit = fit(options().decay(0.5).gateDeadShare(1));
    refit(fit, blobs.vectors(USERS));
    int expired = 0;
    Refit last = null;
    for (int round = 0; round < 12; round++) {
      last = refit(fit, blobs.vectors(USERS, 3));
      expired += last.figures()[1].expired();
    }
    assertThat(expired).isGreaterThanOrEqualTo(3);
    assertThat(last.figures()[1].codesUsed()).isEqualTo(CODES);
    assertThat(last.figures()[1].perplexity()).isGreaterThan(3.5);
  }

  @Test
  void aReFitThatIsHeldBackTellsOfDeadCodesAndReplacesNone() {
    CodebookFit fit = fit(options().decay(0).gateDeadShare(0));
    refit(fit, blobs.vectors(USERS));
    CodeStatistics few = blobs.gathered(fit.books(), blobs.vectors(USERS, 3));
    Arrays.fill(few.sums(), 100);
    fit.add(few);
    Refit held = fit.refit(0);

    assertThat(held.outcome()).isEqualTo(Refit.Outcome.HELD_BACK);
    assertThat(held.figures()[1].dead()).isEqualTo(3);
    assertThat(held.figures()[1].expired()).isZero();
    assertThat(held.figures()[1].codesUsed()).isEqualTo(3);
  }

  @Test
  void aReFitThatRaisesTheErrorIsHeldBackAndLeavesNoTrace() {
    CodebookFit fit = fit(options().decay(0));
    refit(fit, blobs.vectors(USERS));
    Codebooks good = fit.books();
    double[] counts = fit.state().counts();
    CodeStatistics wrong = blobs.gathered(good, blobs.vectors(USERS));
    for (int i = 0; i < wrong.sums().length; i++) {
      wrong.sums()[i] = -wrong.sums()[i];
    }
    fit.add(wrong);
    Refit held = fit.refit(0);

    assertThat(held.outcome()).isEqualTo(Refit.Outcome.HELD_BACK);
    assertThat(held.reason()).contains("would rise");
    assertThat(fit.books()).isSameAs(good);
    assertThat(fit.heldBack()).isEqualTo(1);
    assertThat(fit.state().counts()).isEqualTo(counts);
    assertThat(refit(fit, blobs.vectors(USERS)).outcome()).isEqualTo(Refit.Outcome.PUBLISHED);
  }

  @Test
  void aReFitThatLeavesTooManyCodesWithoutAVectorIsHeldBack() {
    CodebookFit fit = fit(options().decay(0).expireBelow(0).gateErrorRise(1e9).gateDeadShare(0.3));
    refit(fit, blobs.vectors(USERS));
    CodeStatistics wrong = blobs.gathered(fit.books(), blobs.vectors(USERS));
    Arrays.fill(wrong.sums(), 0, wrong.sums().length, 100);
    Arrays.fill(wrong.sums(), 0, DIM, 0);
    Arrays.fill(wrong.sums(), CODES * DIM, (CODES + 1) * DIM, 0);
    fit.add(wrong);

    assertThat(fit.refit(0).reason()).contains("would be left without");
  }

  @Test
  void codesThatWouldNotBeFiniteAreHeldBack() {
    CodebookFit fit = fit(options());
    refit(fit, blobs.vectors(USERS));
    CodeStatistics wrong = blobs.gathered(fit.books(), blobs.vectors(USERS));
    wrong.sums()[3] = Float.NaN;
    fit.add(wrong);
    Refit held = fit.refit(0);

    assertThat(held.reason()).contains("not be finite");
    assertThat(fit.books().version()).isEqualTo(1);
  }

  @Test
  void statisticsOfOtherBooksAreLeftAsideAndCounted() {
    CodebookFit fit = fit(options());
    refit(fit, blobs.vectors(USERS));
    CodeStatistics old = blobs.gathered(fit.books(), blobs.vectors(USERS));
    refit(fit, blobs.vectors(USERS));

    assertThat(fit.add(old)).isFalse();
    assertThat(fit.stale()).isEqualTo(1);
    assertThat(fit.users()).isZero();
  }

  @Test
  void theFirstFitTakesVectorsOfLearnersThatStillHaveTheBooksOfAnEarlierRun() {
    CodebookFit earlier = fit(options());
    refit(earlier, blobs.vectors(USERS));
    CodebookFit fit = new CodebookFit(options().build(), DIM, 9);

    assertThat(fit.add(blobs.gathered(earlier.books(), blobs.vectors(USERS)))).isTrue();
    assertThat(fit.refit(0).books().newerThan(earlier.books())).isTrue();
  }

  @Test
  void anEarlierVersionComesBackAsANewOne() {
    CodebookFit fit = fit(options().versions(3));
    refit(fit, blobs.vectors(USERS));
    Codebooks second = refit(fit, blobs.vectors(USERS)).books();
    blobs.move(0.5f);
    refit(fit, blobs.vectors(USERS));
    assertThat(fit.versions()).containsExactly(1, 2, 3);
    fit.add(blobs.gathered(fit.books(), blobs.vectors(20)));

    Refit back = fit.rollBack(2);

    assertThat(back.outcome()).isEqualTo(Refit.Outcome.ROLLED_BACK);
    assertThat(back.reason()).isEqualTo("to version 2");
    assertThat(back.books().version()).isEqualTo(4);
    assertThat(back.books().centroids()).isEqualTo(second.centroids());
    assertThat(fit.versions()).containsExactly(2, 3, 4);
    assertThat(fit.rollBacks()).isEqualTo(1);
    Refit next = refit(fit, blobs.vectors(USERS));
    assertThat(next.books().version()).isEqualTo(5);
    assertThatThrownBy(() -> fit.rollBack(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[3, 4, 5]");
  }

  @Test
  void goesOnFromItsStateAsIfNothingHadHappened() {
    CodebookFit fit = fit(options());
    refit(fit, blobs.vectors(USERS));
    refit(fit, blobs.vectors(USERS));
    blobs.move(0.2f);
    float[] x = blobs.vectors(USERS);
    fit.add(blobs.gathered(fit.books(), Arrays.copyOf(x, 200 * DIM)));

    CodebookFit restored = CodebookFit.restore(options().build(), DIM, 6, fit.state());
    assertThat(restored.books().newerThan(fit.books())).isTrue();
    assertThat(restored.books().centroids()).isEqualTo(fit.books().centroids());
    assertThat(restored.versions()).containsExactly(1, 2);

    float[] rest = Arrays.copyOfRange(x, 200 * DIM, x.length);
    CodeStatistics further = blobs.gathered(fit.books(), rest);
    fit.add(further);
    restored.add(further.ofEpoch(6));
    Refit expected = fit.refit(5_000);
    Refit actual = restored.refit(5_000);
    assertThat(actual.books().centroids()).isEqualTo(expected.books().centroids());
    assertThat(actual.figures()).usingRecursiveComparison().isEqualTo(expected.figures());
    assertThat(actual.effectiveRank()).isEqualTo(expected.effectiveRank());
  }

  @Test
  void aStateBeforeTheFirstFitGoesOnToo() {
    CodebookFit fit = fit(options());
    fit.add(blobs.gathered(fit.books(), blobs.vectors(400)));
    CodebookFit restored = CodebookFit.restore(options().build(), DIM, 6, fit.state());
    assertThat(restored.books().isEmpty()).isTrue();
    assertThat(restored.users()).isEqualTo(400);
    assertThat(refit(restored, blobs.vectors(200)).books().version()).isEqualTo(1);
  }

  @Test
  void aStateOfAnotherShapeIsRefused() {
    CodebookFitState state = fit(options()).state();
    CodebookOptions other = options().codes(7).build();
    assertThat(state.fits(other, DIM)).isFalse();
    assertThatThrownBy(() -> CodebookFit.restore(other, DIM, 6, state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 levels of 6 codes of 8 values, not 2 of 7 of 8");
  }

  @Test
  void fewerVectorsThanCodesStillMakeBooks() {
    CodebookFit fit = fit(options().minUsers(1));
    Refit refit = refit(fit, blobs.vectors(2));
    assertThat(refit.outcome()).isEqualTo(Refit.Outcome.PUBLISHED);
    assertThat(refit.figures()[1].codesUsed()).isEqualTo(2);
    assertThat(refit(fit, blobs.vectors(2)).books().version()).isEqualTo(2);
  }

  private static CodebookOptions.Builder options() {
    return CodebookOptions.builder().levels(2).codes(CODES).minUsers(500).decay(0.8);
  }

  private static CodebookFit fit(CodebookOptions.Builder options) {
    return new CodebookFit(options.build(), DIM, 5);
  }

  private Refit refit(CodebookFit fit, float[] x) {
    fit.add(blobs.gathered(fit.books(), x));
    return fit.refit(0);
  }
}
