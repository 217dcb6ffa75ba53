// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompanionRowTest {

  @Test
  void countsOfOneItemAddUp() {
    CompanionRow row = new CompanionRow(64);
    for (int round = 0; round < 3; round++) {
      for (int item = 0; item < 50; item++) {
        assertThat(row.add(item * 1024, item, 2 * item)).isNull();
      }
    }

    assertThat(row.size()).isEqualTo(50);
    assertThat(wide(row, 49 * 1024)).isEqualTo(3 * 49);
    assertThat(near(row, 49 * 1024)).isEqualTo(3 * 98);
    assertThat(row.find(1)).isEqualTo(-1);
  }

  @Test
  void aFullRowDropsItsWeakerHalfAndSaysWhichItemsLeft() {
    CompanionRow row = new CompanionRow(8);
    for (int item = 0; item < 8; item++) {
      row.add(item, item + 1, 10 * item);
    }

    assertThat(row.add(100, 1, 7)).containsExactly(0, 1, 2, 3);
    assertThat(row.size()).isEqualTo(5);
    assertThat(row.find(3)).isEqualTo(-1);
    assertThat(wide(row, 4)).isEqualTo(5);
    assertThat(near(row, 4)).isEqualTo(40);
    assertThat(wide(row, 100)).isEqualTo(1);
    assertThat(near(row, 100)).isEqualTo(7);
  }

  @Test
  void aFullRowDropsNothingForAnItemThatItHas() {
    CompanionRow row = new CompanionRow(8);
    for (int item = 0; item < 8; item++) {
      row.add(item, 1, 0);
    }

    assertThat(row.add(0, 1, 0)).isNull();
    assertThat(row.size()).isEqualTo(8);
  }

  @Test
  void equalCountsAreDroppedDownToHalfToo() {
    CompanionRow row = new CompanionRow(8);
    for (int item = 0; item < 1000; item++) {
      int[] dropped = row.add(item, 1, 0);
      if (dropped != null) {
        assertThat(dropped).hasSize(4);
      }
      assertThat(row.size()).isEqualTo(item < 8 ? item + 1 : 5 + (item - 8) % 4);
    }
  }

  @Test
  void strongEntriesOutliveOlderWeakOnesWhenMostCountsTie() {
    CompanionRow row = new CompanionRow(8);
    for (int item = 0; item < 6; item++) {
      row.add(item, 1, 0);
    }
    row.add(6, 9, 0);
    row.add(7, 9, 0);

    assertThat(row.add(8, 1, 0)).containsExactly(2, 3, 4, 5);
    assertThat(items(row)).containsExactlyInAnyOrder(0, 1, 6, 7, 8);
    assertThat(wide(row, 6)).isEqualTo(9);
  }

  @Test
  void anItemSetToNothingIsTheFirstToLeaveAndOneThatIsNotThereStaysOut() {
    CompanionRow row = new CompanionRow(4);
    for (int item = 0; item < 4; item++) {
      row.add(item, 9 - item, 1);
    }
    row.set(0, 0, 0);
    row.set(5, 0, 0);

    assertThat(row.find(5)).isEqualTo(-1);
    assertThat(wide(row, 0)).isZero();
    assertThat(near(row, 0)).isZero();
    row.set(6, 2, 1);
    assertThat(items(row)).containsExactlyInAnyOrder(1, 2, 6);
  }

  @Test
  void scalingDropsWhatDoesNotStayAboveTheFloorAndKeepsNearBesideItsItem() {
    CompanionRow row = new CompanionRow(8);
    row.add(0, 1, 1);
    row.add(1, 4, 2);
    row.add(2, 2, 2);
    row.scale(0.5, 0.9f);
    row.add(1, 1, 5);

    assertThat(items(row)).containsExactlyInAnyOrder(1, 2);
    assertThat(wide(row, 1)).isEqualTo(3);
    assertThat(near(row, 1)).isEqualTo(6);
    assertThat(wide(row, 2)).isEqualTo(1);
    assertThat(near(row, 2)).isEqualTo(1);
  }

  @Test
  void aRowWithRoomIsAMapAndAFullOneAPartOfIt() {
    Random random = new Random(5);
    for (int capacity : new int[] {2, 3, 17, 400}) {
      CompanionRow row = new CompanionRow(capacity);
      Map<Integer, float[]> model = new HashMap<>();
      for (int round = 0; round < 2000; round++) {
        int item = random.nextInt(400) * 7919;
        float wide = 1 + random.nextInt(5);
        float near = random.nextInt(3);
        if (random.nextBoolean()) {
          int[] dropped = row.add(item, wide, near);
          float[] counts = model.computeIfAbsent(item, any -> new float[2]);
          counts[0] += wide;
          counts[1] += near;
          for (int i = 0; dropped != null && i < dropped.length; i++) {
            assertThat(model.remove(dropped[i])).isNotNull();
          }
        } else if (row.find(item) >= 0) {
          row.set(item, wide, near);
          model.put(item, new float[] {wide, near});
        }
        assertThat(row.size()).isEqualTo(model.size()).isLessThanOrEqualTo(capacity);
      }
      model.forEach(
          (item, counts) -> {
            assertThat(wide(row, item)).isEqualTo(counts[0]);
            assertThat(near(row, item)).isEqualTo(counts[1]);
          });
    }
  }

  private static int[] items(CompanionRow row) {
    return IntStream.range(0, row.size()).map(row::item).toArray();
  }

  private static float wide(CompanionRow row, int item) {
    return row.wide(row.find(item));
  }

  private static float near(CompanionRow row, int item) {
    return row.near(row.find(item));
  }

  @Test
  void sumsGrowByTheCountsAndWhatWasZeroIsListedOnce() {
    CompanionRow row = new CompanionRow(8);
    row.add(3, 2, 1);
    row.add(1, 4, 0);
    row.add(2, 5, 0);
    row.set(2, 0, 0);
    float[] sums = {0, 0, 0, 0, 9};
    int[] touched = new int[8];
    assertThat(row.addWide(0.5f, sums, touched, 1)).isEqualTo(3);
    assertThat(touched).startsWith(0, 3, 1);
    assertThat(sums).containsExactly(0, 2, 0, 1, 9);

    row.set(2, 1, 0);
    assertThat(row.addWide(1, sums, touched, 3)).as("only 2 was still zero").isEqualTo(4);
    assertThat(touched).startsWith(0, 3, 1, 2);
    assertThat(sums).containsExactly(0, 6, 1, 3, 9);

    float[] near = new float[5];
    row.addNear(3, near);
    assertThat(near).containsExactly(0, 0, 0, 3, 0);
  }
}
