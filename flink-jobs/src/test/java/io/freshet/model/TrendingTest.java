// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendingTest {

  private static final double NONE = Double.NEGATIVE_INFINITY;

  @Test
  void aListThatIsNotFullHoldsAllItemsWithPositivesBestFirst() {
    Trending trending = new Trending(1, 5);
    trending.update(0, 7, 1);
    trending.update(0, 200, 3);
    trending.update(0, 4, NONE);
    trending.update(0, 9, 2);
    assertThat(list(trending, 0)).containsExactly(200, 9, 7);
    trending.update(0, 200, NONE);
    trending.update(0, 7, 2.5);
    assertThat(list(trending, 0)).containsExactly(7, 9);
  }

  @Test
  void anEmptyListHasNothing() {
    Trending trending = new Trending(1, 5);
    assertThat(trending.size(0)).isZero();
    trending.update(0, 3, NONE);
    assertThat(trending.size(0)).isZero();
  }

  @Test
  void whatFallsOutOfAFullListMakesRoomForTheBestOfTheOthers() {
    Trending trending = new Trending(1, 2);
    for (int item = 0; item < 5; item++) {
      trending.update(0, item, item);
    }
    assertThat(list(trending, 0)).containsExactly(4, 3);
    trending.update(0, 4, 0.5);
    assertThat(list(trending, 0)).containsExactly(3, 2);
    trending.update(0, 3, NONE);
    trending.update(0, 2, NONE);
    assertThat(list(trending, 0)).containsExactly(1, 4);
  }

  @Test
  void keysAreKnownOfItemsInAndOutOfTheListAndOfNobodyElse() {
    Trending trending = new Trending(1, 1);
    trending.update(0, 70, 2);
    trending.update(0, 3, 1);
    assertThat(trending.key(0, 70)).isEqualTo(2);
    assertThat(trending.key(0, 3)).isEqualTo(1);
    assertThat(trending.key(0, 5)).isEqualTo(NONE);
    assertThat(trending.key(0, 1_000_000)).isEqualTo(NONE);
  }

  @Test
  void listsOfDifferentHalfLivesKnowNothingOfEachOther() {
    Trending trending = new Trending(2, 3);
    trending.update(0, 1, 5);
    trending.update(1, 2, 5);
    assertThat(list(trending, 0)).containsExactly(1);
    assertThat(list(trending, 1)).containsExactly(2);
    assertThat(trending.key(1, 1)).isEqualTo(NONE);
  }

  @Test
  void listsAreTheHeadOfASortAfterAnyRisesFallsAndDisappearances() {
    Random random = new Random(23);
    for (int length : new int[] {1, 2, 7, 40, 300}) {
      Trending trending = new Trending(1, length);
      double[] keys = new double[150];
      Arrays.fill(keys, NONE);
      int full = 0;
      for (int round = 0; round < 4000; round++) {
        // The first half gathers items, the second loses them.
        int item = random.nextInt(keys.length);
        keys[item] = random.nextInt(2000) < round / 2 ? NONE : moved(keys[item], random);
        trending.update(0, item, keys[item]);
        // Reading repairs a list: some falls must meet one that is still broken.
        if (random.nextInt(4) == 0) {
          List<Integer> sorted = sorted(keys, length);
          assertThat(list(trending, 0)).isEqualTo(sorted);
          full += sorted.size() == length ? 1 : 0;
        }
      }
      assertThat(full > 0).isEqualTo(length < keys.length);
    }
  }

  @Test
  void tiesLeaveEachItemInTheListOnce() {
    Random random = new Random(29);
    Trending trending = new Trending(1, 10);
    double[] keys = new double[40];
    Arrays.fill(keys, NONE);
    for (int round = 0; round < 2000; round++) {
      int item = random.nextInt(keys.length);
      keys[item] = random.nextInt(4) == 0 ? NONE : random.nextInt(5);
      trending.update(0, item, keys[item]);
      List<Integer> list = list(trending, 0);
      assertThat(list).doesNotHaveDuplicates();
      assertThat(list.stream().map(at -> keys[at]))
          .containsExactlyElementsOf(sorted(keys, 10).stream().map(at -> keys[at]).toList());
    }
  }

  /** A key that no other item has: of late, or a little up or down. */
  private static double moved(double key, Random random) {
    return key == NONE || random.nextInt(10) == 0
        ? random.nextDouble() * 10
        : key + random.nextGaussian();
  }

  private static List<Integer> sorted(double[] keys, int length) {
    return IntStream.range(0, keys.length)
        .filter(item -> keys[item] > NONE)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer item) -> -keys[item]))
        .limit(length)
        .toList();
  }

  private static List<Integer> list(Trending trending, int halfLife) {
    int size = trending.size(halfLife);
    return IntStream.range(0, size).mapToObj(place -> trending.item(halfLife, place)).toList();
  }
}
