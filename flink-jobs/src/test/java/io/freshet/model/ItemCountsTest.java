// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemCountsTest {

  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;
  private static final long NOW = 20_000 * DAY;

  private final ModelOptions options =
      ModelOptions.builder().halfLives(List.of(HOUR, DAY)).exposureHalfLifeMillis(2 * HOUR).build();
  private final ItemCounts counts = new ItemCounts(options);

  @Test
  void decayedCountsLoseHalfOfTheirWorthEachHalfLife() {
    counts.took(4, NOW, options);
    counts.met(6, NOW, options);
    assertThat(counts.popularityAt(0, NOW, options)).isEqualTo(4);
    assertThat(counts.popularityAt(0, NOW + HOUR, options)).isEqualTo(2);
    assertThat(counts.popularityAt(1, NOW + DAY, options)).isEqualTo(2);

    counts.took(1, NOW + 2 * HOUR, options);
    counts.met(1, NOW + 2 * HOUR, options);
    assertThat(counts.popularity()).containsExactly(2, 1 + 4 * Math.pow(2, -2 / 24.0));
    assertThat(counts.exposure()).isEqualTo(4);
    assertThat(counts.exposures()).isEqualTo(7);
    assertThat(counts.time()).isEqualTo(NOW + 2 * HOUR);
  }

  @Test
  void aLateEventIsWorthWhatIsLeftOfIt() {
    counts.took(1, NOW, options);
    counts.took(1, NOW - HOUR, options);
    counts.met(1, NOW - 2 * HOUR, options);
    assertThat(counts.popularity()[0]).isEqualTo(1.5);
    assertThat(counts.exposure()).isEqualTo(0.5);
    assertThat(counts.time()).isEqualTo(NOW);
    assertThat(counts.firstSeen()).isEqualTo(NOW - HOUR);
    assertThat(counts.lastSeen()).isEqualTo(NOW);
  }

  @Test
  void changesMayComeInAnyOrder() {
    Random random = new Random(41);
    List<ItemCounts> changes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      changes.add(change(random));
    }
    ItemCounts expected = applied(changes);
    assertThat(expected.degree()).isPositive();
    for (int shuffle = 0; shuffle < 20; shuffle++) {
      Collections.shuffle(changes, random);
      ItemCounts other = applied(changes);
      assertThat(other)
          .usingRecursiveComparison()
          .ignoringFields("popularity", "exposure")
          .isEqualTo(expected);
      assertThat(other.popularity()).containsExactly(expected.popularity(), within(1e-9));
      assertThat(other.exposure()).isCloseTo(expected.exposure(), within(1e-9));
    }
  }

  @Test
  void aPositiveTakenBackLeavesThePopularityOfTheOthers() {
    counts.took(1, NOW - DAY, options);
    counts.took(1, NOW - HOUR, options);
    counts.took(1, NOW, options);
    counts.took(-1, NOW - HOUR, options);
    assertThat(counts.popularity())
        .containsExactly(new double[] {1 + Math.pow(2, -24), 1.5}, within(1e-12));
    counts.took(-1, NOW - 9 * DAY, options);
    assertThat(counts.firstSeen()).isEqualTo(NOW - DAY);
  }

  @Test
  void nothingFallsBelowZero() {
    counts.degree = 1;
    counts.took(1, NOW, options);
    counts.met(1, NOW, options);
    ItemCounts change = new ItemCounts(options);
    change.degree = -2;
    change.took(-1, NOW + HOUR, options);
    change.exposure = -9;
    counts.apply(change, options);
    assertThat(counts.degree()).isZero();
    assertThat(counts.popularity()).containsExactly(0, 0);
    assertThat(counts.exposure()).isZero();
  }

  @Test
  void aChangeWithoutEventsMovesNoTime() {
    counts.took(1, NOW, options);
    ItemCounts change = new ItemCounts(options);
    change.degree = 3;
    counts.apply(change, options);
    assertThat(counts.degree()).isEqualTo(3);
    assertThat(counts.time()).isEqualTo(NOW);
    assertThat(counts.popularity()).containsExactly(1, 1);
    assertThat(counts.firstSeen()).isEqualTo(NOW);
    assertThat(counts.lastSeen()).isEqualTo(NOW);
  }

  @Test
  void eventsInTheFirstMillisecondOf1970CountLikeOthers() {
    ItemCounts change = new ItemCounts(options);
    change.took(1, 0, options);
    change.met(1, 0, options);
    counts.apply(change, options);
    assertThat(counts.popularity()).containsExactly(1, 1);
    assertThat(counts.exposure()).isEqualTo(1);
    assertThat(counts.lastSeen()).isZero();
  }

  @Test
  void storedCountsComeBackAndAnotherNumberOfHalfLivesTakesTheMiddleOne() {
    ItemCounts same = of(7, 8);
    assertThat(same.popularity()).containsExactly(7, 8);
    assertThat(same.degree()).isEqualTo(1);
    assertThat(same.exposures()).isEqualTo(2);
    assertThat(same.exposure()).isEqualTo(3);
    assertThat(same.time()).isEqualTo(4);
    assertThat(same.firstSeen()).isEqualTo(5);
    assertThat(same.lastSeen()).isEqualTo(6);
    assertThat(of(7, 8, 9).popularity()).containsExactly(8, 8);
    assertThat(of(7).popularity()).containsExactly(7, 7);
    assertThat(of().popularity()).containsExactly(0, 0);
  }

  @Test
  void usersOfOneMomentAllTookAndMetTheItemThen() {
    ItemCounts users = ItemCounts.ofUsers(options, 3, NOW);
    assertThat(users.degree()).isEqualTo(3);
    assertThat(users.exposures()).isEqualTo(3);
    assertThat(users.popularity()).containsExactly(3, 3);
    assertThat(users.lastSeen()).isEqualTo(NOW);
    assertThat(ItemCounts.ofUsers(options, 0, NOW))
        .usingRecursiveComparison()
        .isEqualTo(new ItemCounts(options));
  }

  @Test
  void aKeyIsTheDecayedCountInDoublingsAndTheTimeInHalfLives() {
    counts.took(6, NOW, options);
    counts.met(5, NOW, options);
    assertThat(counts.key(0, options)).isCloseTo(log2(6) + 20_000 * 24, within(1e-9));
    assertThat(counts.key(1, options)).isCloseTo(log2(6) + 20_000, within(1e-9));
    assertThat(counts.exposureKey(options)).isCloseTo(log2(5) + 20_000 * 12, within(1e-9));
    ItemCounts none = new ItemCounts(options);
    assertThat(none.key(0, options)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(none.exposureKey(options)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void theOrderOfKeysIsTheOrderOfDecayedCountsAtAnyTime() {
    Random random = new Random(43);
    int different = 0;
    for (int pair = 0; pair < 500; pair++) {
      ItemCounts one = applied(List.of(change(random), change(random)));
      ItemCounts two = applied(List.of(change(random), change(random)));
      int h = random.nextInt(2);
      long at = Math.max(one.time(), two.time()) + random.nextInt((int) DAY);
      double first = one.popularityAt(h, at, options);
      double second = two.popularityAt(h, at, options);
      if (Math.abs(first - second) > 1e-9 * (first + second)) {
        different++;
        assertThat(one.key(h, options) > two.key(h, options)).isEqualTo(first > second);
      }
    }
    assertThat(different).isGreaterThan(300);
  }

  /** Some users met the item within two days, most of them took it. */
  private ItemCounts change(Random random) {
    ItemCounts change = new ItemCounts(options);
    for (int i = random.nextInt(4); i >= 0; i--) {
      long at = NOW + random.nextInt(2 * (int) DAY);
      change.met(1, at, options);
      if (random.nextInt(4) > 0) {
        change.degree++;
        change.took(1, at, options);
      }
    }
    return change;
  }

  private ItemCounts applied(List<ItemCounts> changes) {
    ItemCounts sum = new ItemCounts(options);
    for (ItemCounts change : changes) {
      sum.apply(change, options);
    }
    return sum;
  }

  private ItemCounts of(double... popularity) {
    return ItemCounts.of(options, 1, 2, popularity, 3, 4, 5, 6);
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
