// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.kernel.ScoredRows;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CandidateFeaturesTest {

  private static final long MINUTE = 60_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long NOW = 20_000 * DAY;
  private static final Offset<Float> ROUNDING = within(1e-4f);

  // Places behind the two trending counts.
  private static final int USERS = 2;
  private static final int EXPOSED_LATELY = 4;
  private static final int AGE = 5;
  private static final int SINCE_LAST_TAKEN = 6;
  private static final int WITH = 7;
  private static final int LOG_NEXT = 12;
  private static final int EMBEDDING = 13;
  private static final int EMBEDDING_IN_LIST = 14;
  private static final int USER_POSITIVES = 15;
  private static final int USER_AWAY = 16;
  private static final int USER_MET = 17;

  private final ModelOptions options =
      ModelOptions.builder()
          .dim(2)
          .halfLives(List.of(HOUR, DAY))
          .exposureHalfLifeMillis(2 * HOUR)
          .build();
  private final ItemTable items = new ItemTable(options);
  private final Candidates candidates = new Candidates(options, items, null);
  private final CandidateFeatures features = new CandidateFeatures(options, items, null);
  private final UserProfile user = new UserProfile("ann", options);

  @Test
  void theFeaturesOfOneCandidateAreWorkedOutByHand() {
    int seen = item("seen", 0, NOW);
    int book = book();
    int film = item("film", 7, NOW);
    companion(book, seen, 1, 1);
    companion(seen, book, 2, 0);
    companion(film, seen, 4, 0);
    companion(seen, film, 1, 0);
    user.history.insert(seen, NOW - 9 * MINUTE, 1, 100);
    user.degree = 1;
    embed(user.embedding, 0, 1, 2);
    embed(items.rows, book * 3, 0.5f, 0.25f, 0.1f);
    embed(items.rows, film * 3, 0, 0, 0.1f);

    float[] x = write(user, true, NOW, seen);
    assertThat(candidates.count()).isEqualTo(2);
    assertThat(candidates.item(0)).isEqualTo(book);
    assertThat(Arrays.copyOf(x, features.width()))
        .containsExactly(
            new float[] {
              // Trending: one four hours ago, two an hour ago.
              log2(1 / 16.0 + 2 / 2.0),
              log2(Math.pow(2, -4 / 24.0) + 2 * Math.pow(2, -1 / 24.0)),
              // Three users, seven exposures, worth half; four hours old, taken an hour ago.
              2,
              log(8),
              log2(3.5),
              log(1 + 4),
              log(1 + 60),
              // Against the film: with 3 of 5, follows 1 of 4, next alone.
              3 / 5f,
              log(3 / 5.0 + 0.01),
              1 / 4f,
              log(1 / 4.0 + 0.01),
              1,
              log(1.01),
              // The film has 0.1: mean 0.6, deviation 0.5.
              1.1f,
              1,
              log(2),
              log(1 + 9),
              log(2)
            },
            ROUNDING);
    assertThat(x[features.width() + WITH]).isEqualTo(1);
    assertThat(x[features.width() + LOG_NEXT]).isCloseTo(log(0.01), ROUNDING);
    assertThat(x[features.width() + EMBEDDING_IN_LIST]).isCloseTo(-1, ROUNDING);
  }

  @Test
  void aNewUserHasItemsWithFeaturesAndNothingOfItsOwn() {
    book();
    embed(user.embedding, 0, 7, 7);
    float[] x = write(user, false, NOW);
    assertFinite(x);
    assertThat(x[USERS]).isEqualTo(2);
    assertThat(x[WITH]).isZero();
    assertThat(x[LOG_NEXT]).isCloseTo(log(0.01), ROUNDING);
    for (int f = EMBEDDING; f <= USER_MET; f++) {
      assertThat(x[f]).isZero();
    }
  }

  @Test
  void aUserOfNotedItemsHasMetSomethingButTakenNothing() {
    int book = book();
    int seen = item("seen", 1, NOW);
    companion(book, seen, 1, 1);
    user.history.insert(seen, NOW - MINUTE, 0, 100);
    float[] x = write(user, false, NOW, seen);
    assertFinite(x);
    assertThat(x[WITH]).isEqualTo(1);
    assertThat(x[USER_POSITIVES]).isZero();
    assertThat(x[USER_AWAY]).isCloseTo(log(2), ROUNDING);
    assertThat(x[USER_MET]).isCloseTo(log(2), ROUNDING);
  }

  @Test
  void whatLiesInTheFutureIsNeitherOldNorLongAgo() {
    int book = book();
    user.history.insert(item("seen", 1, NOW), NOW, 1, 100);
    long before = NOW - 3650 * DAY;
    float[] x = write(user, false, before, book + 1);
    assertFinite(x);
    assertThat(x[0]).isCloseTo(3650 * 24f, within(1f));
    assertThat(x[AGE]).isZero();
    assertThat(x[SINCE_LAST_TAKEN]).isZero();
    assertThat(x[USER_AWAY]).isZero();
  }

  @Test
  void lessThanASixteenthOfAnEventIsAsGoodAsNone() {
    book();
    float[] x = write(user, false, NOW + 3650 * DAY);
    assertFinite(x);
    assertThat(x[0]).isEqualTo(-4);
    assertThat(x[1]).isEqualTo(-4);
    assertThat(x[EXPOSED_LATELY]).isEqualTo(-4);
    assertThat(x[AGE]).isCloseTo(log(1 + 3650 * 24 + 4), ROUNDING);
  }

  @Test
  void aListOfOneHasAnEmbeddingInTheMiddle() {
    int book = book();
    embed(user.embedding, 0, 3, 0);
    embed(items.rows, book * 3, 2, 0, 1);
    float[] x = write(user, true, NOW);
    assertThat(x[EMBEDDING]).isCloseTo(7, ROUNDING);
    assertThat(x[EMBEDDING_IN_LIST]).isCloseTo(0, ROUNDING);
  }

  @Test
  void theFirstWeightsPreferWhatIsPopularAndWhatIsNear() {
    item("rare", 1, NOW);
    final int popular = item("popular", 2, NOW);
    assertThat(firstScore(popular)).isGreaterThan(firstScore(0));
    int near = item("near", 1, NOW);
    int seen = item("seen", 1, NOW);
    companion(near, seen, 1, 1);
    user.history.insert(seen, NOW, 1, 100);
    assertThat(firstScore(near)).isGreaterThan(firstScore(0));
  }

  private float firstScore(int item) {
    float[] x = write(user, false, NOW);
    float[] weights = features.firstWeights();
    assertThat(weights).hasSize(features.width());
    float score = 0;
    for (int f = 0; f < weights.length; f++) {
      score += weights[f] * x[candidates.find(item) * weights.length + f];
    }
    return score;
  }

  /** A book that one user took four hours ago and two an hour ago; all seven met it before. */
  private int book() {
    ItemCounts counts = new ItemCounts(options);
    counts.degree = 3;
    counts.met(7, NOW - 2 * HOUR, options);
    counts.took(1, NOW - 4 * HOUR, options);
    counts.took(2, NOW - HOUR, options);
    int book = items.indexOrAdd("book");
    items.applyOwn(new ItemChange(book, 1, null, counts, null));
    return book;
  }

  private int item(String id, int users, long time) {
    int item = items.indexOrAdd(id);
    ItemCounts counts = ItemCounts.ofUsers(options, users, time);
    items.applyOwn(new ItemChange(item, 1, null, counts, null));
    return item;
  }

  private void companion(int item, int before, float wide, float near) {
    CompanionRow row = new CompanionRow(8);
    row.add(before, wide, near);
    items.applyOwn(new ItemChange(item, 2, null, null, row));
  }

  private static void embed(float[] rows, int at, float... values) {
    System.arraycopy(values, 0, rows, at, values.length);
  }

  private float[] write(UserProfile of, boolean embedded, long now, int... out) {
    candidates.begin();
    for (int item : out) {
      candidates.exclude(item);
    }
    candidates.gather(of, ScoredRows.all(scores(of), items.size()));
    float[] x = new float[candidates.count() * features.width()];
    features.write(of, embedded, candidates, now, x);
    return x;
  }

  /** What the embedding's channel goes by: the inner product, and popularity on top. */
  private float[] scores(UserProfile of) {
    float[] scores = new float[items.size()];
    for (int item = 0; item < scores.length; item++) {
      int at = item * options.width();
      scores[item] =
          of.embedding[0] * items.rows[at]
              + of.embedding[1] * items.rows[at + 1]
              + items.rows[at + 2]
              + options.popularityPrior() * items.relativePopularity(item)
              + options.degreePrior() * items.degreeBits(item);
    }
    return scores;
  }

  private void assertFinite(float[] x) {
    assertThat(x).hasSize(features.width());
    for (float value : x) {
      assertThat(value).isFinite();
    }
  }

  private static float log(double value) {
    return (float) Math.log(value);
  }

  private static float log2(double value) {
    return (float) (Math.log(value) / Math.log(2));
  }
}
