// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.kernel.ScoredRows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CandidatesTest {

  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;
  private static final long NOW = 20_000 * DAY;
  private static final Offset<Float> ROUNDING = within(1e-6f);

  private final UserProfile user = new UserProfile("ann", options(1));
  private ItemTable items;
  private Candidates candidates;

  @Test
  void whatGoesWithTheLatestItemsIsReckonedAsWrittenDown() {
    start(1);
    int latest = item(4, NOW);
    int earlier = item(9, NOW);
    int other = item(16, NOW);
    met(other, latest, 2, 1);
    met(latest, other, 3, 0);
    met(other, earlier, 5, 2);
    took(earlier, latest);

    gather();
    double far = 0.95 * 5 / Math.sqrt(9 * 16);
    assertThat(candidates.follows(other)).isCloseTo((float) (2 / 8.0 + far), ROUNDING);
    assertThat(candidates.with(other)).isCloseTo((float) ((2 + 3) / 8.0 + far), ROUNDING);
    assertThat(candidates.next(other))
        .isCloseTo((float) (1 / (4 + 2.0) + 0.7 * 2 / (9 + 2.0)), ROUNDING);
  }

  @Test
  void fiveItemsAreNearTwentyAreWideAndEarlierOnesSayNothing() {
    start(1);
    int[] others = new int[45];
    for (int k = 0; k < 45; k++) {
      int seen = item(1, NOW);
      others[44 - k] = item(1, NOW);
      met(others[44 - k], seen, 1, 1);
      took(seen);
    }

    gather();
    for (int k = 0; k < 45; k++) {
      double follows = k < 20 ? Math.pow(0.95, k) : 0;
      assertThat(candidates.follows(others[k])).isCloseTo((float) follows, ROUNDING);
      double next = k < 5 ? Math.pow(0.7, k) / 3 : 0;
      assertThat(candidates.next(others[k])).isCloseTo((float) next, ROUNDING);
    }

    candidates.ask(8);
    gather();
    assertThat(candidates.follows(others[7])).isPositive();
    assertThat(candidates.follows(others[8])).isZero();
  }

  @Test
  void eachChannelBringsItsBest() {
    start(1);
    int seen = item(1, NOW - 90 * DAY);
    int follows = item(1, NOW - 90 * DAY);
    int with = item(1, NOW - 90 * DAY);
    int next = item(1, NOW - 90 * DAY);
    int embedded = item(1, NOW - 90 * DAY);
    int trendingToday = item(1, NOW);
    int trendingThisMonth = item(20, NOW - 3 * DAY);
    final int nothing = item(1, NOW - 90 * DAY);
    met(follows, seen, 2, 0);
    met(next, seen, 1, 1);
    met(seen, with, 3, 0);
    took(seen);
    float[] scores = new float[items.size()];
    scores[embedded] = 1;

    gather(scores, seen);
    assertThat(found())
        .containsExactly(follows, with, next, embedded, trendingToday, trendingThisMonth);
    assertThat(candidates.find(embedded)).isEqualTo(3);
    assertThat(candidates.find(nothing)).isEqualTo(-1);
    assertThat(candidates.find(seen)).isEqualTo(-1);

    // What is kept out makes room for the next best.
    scores[nothing] = 0.5f;
    gather(scores, seen, embedded, follows, trendingToday);
    assertThat(found()).containsExactly(with, next, trendingThisMonth, nothing);
    assertThat(scores[embedded]).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void aUserIsToldNothingOfTheOneBefore() {
    start(1);
    int seen = item(1, NOW);
    int other = item(1, NOW);
    met(other, seen, 1, 1);
    took(seen);
    gather(new float[2], seen);
    assertThat(candidates.with(other)).isPositive();
    assertThat(candidates.excludes(seen)).isTrue();

    candidates.begin();
    candidates.gather(new UserProfile("bob", options(1)), ScoredRows.all(new float[] {1, 0}, 2));
    assertThat(candidates.with(other)).isZero();
    assertThat(candidates.follows(other)).isZero();
    assertThat(candidates.next(other)).isZero();
    assertThat(candidates.excludes(seen)).isFalse();
    assertThat(found()).contains(seen);
  }

  @Test
  void anEmptyTableHasNoCandidates() {
    start(1);
    gather();
    assertThat(candidates.count()).isZero();
  }

  @Test
  void candidatesAreTheBestOfEachChannelThatMayBeShownAndNoOthers() {
    Random random = new Random(47);
    for (int round = 0; round < 20; round++) {
      start(10);
      user.history.clear();
      for (int i = 0; i < 200; i++) {
        item(random.nextInt(5), NOW - random.nextInt((int) (9 * DAY)));
        items.setHidden(i, random.nextInt(6) == 0);
      }
      for (int i = 0; i < 1500; i++) {
        met(random.nextInt(200), random.nextInt(200), random.nextFloat(), random.nextFloat());
      }
      float[] scores = new float[200];
      for (int i = 0; i < 200; i++) {
        scores[i] = items.candidate(i) ? random.nextFloat() : Float.NEGATIVE_INFINITY;
      }
      for (int i = 0; i < 12; i++) {
        took(random.nextInt(200));
      }
      int[] out = random.ints(30, 0, 200).toArray();
      gather(scores.clone(), out);

      Set<Integer> expected = new TreeSet<>();
      best(expected, 10, candidates::follows, 0, out);
      best(expected, 10, candidates::with, 0, out);
      best(expected, 10, candidates::next, 0, out);
      best(expected, 10, item -> scores[item], Double.NEGATIVE_INFINITY, out);
      best(expected, 5, item -> items.trending().key(0, item), Double.NEGATIVE_INFINITY, out);
      best(expected, 5, item -> items.trending().key(1, item), Double.NEGATIVE_INFINITY, out);
      assertThat(found()).containsExactlyElementsOf(expected);
      List<Integer> found = found();
      for (int item = 0; item < 200; item++) {
        assertThat(candidates.find(item)).isEqualTo(found.indexOf(item));
      }
    }
  }

  private void best(Set<Integer> into, int k, IntToDoubleFunction value, double above, int[] out) {
    IntStream.range(0, items.size())
        .filter(item -> items.candidate(item) && value.applyAsDouble(item) > above)
        .filter(item -> Arrays.stream(out).noneMatch(other -> other == item))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer item) -> -value.applyAsDouble(item)))
        .limit(k)
        .forEach(into::add);
  }

  private static ModelOptions options(int candidates) {
    return ModelOptions.builder()
        .dim(2)
        .halfLives(List.of(HOUR, 30 * DAY))
        .candidates(candidates)
        .build();
  }

  private void start(int perChannel) {
    items = new ItemTable(options(perChannel));
    candidates = new Candidates(options(perChannel), items, null);
  }

  /** A new item that so many users took, and nobody met otherwise. */
  private int item(int users, long time) {
    int item = items.indexOrAdd("i" + items.size());
    ItemCounts counts = ItemCounts.ofUsers(options(1), users, time);
    items.applyOwn(new ItemChange(item, 1, null, counts, null));
    return item;
  }

  private void met(int item, int before, float wide, float near) {
    CompanionRow row = new CompanionRow(8);
    row.add(before, wide, near);
    items.applyOwn(new ItemChange(item, 1, null, null, row));
  }

  private void took(int... taken) {
    for (int item : taken) {
      if (!user.knows(item)) {
        user.history.insert(item, NOW, 1, 1000);
      }
    }
  }

  private void gather() {
    gather(new float[items.size()]);
  }

  private void gather(float[] scores, int... out) {
    candidates.begin();
    for (int item : out) {
      candidates.exclude(item);
    }
    candidates.gather(user, ScoredRows.all(scores, scores.length));
  }

  private List<Integer> found() {
    return IntStream.range(0, candidates.count()).mapToObj(candidates::item).toList();
  }
}
