// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CooccurrenceRowTest {

  @Test
  void weightsOfOneItemAddUp() {
    CooccurrenceRow row = new CooccurrenceRow(64);
    for (int round = 0; round < 3; round++) {
      for (int item = 0; item < 50; item++) {
        row.add(item * 1024, item);
      }
    }

    double[] scores = scores(row, 50 * 1024);
    assertThat(row.size()).isEqualTo(50);
    assertThat(scores[49 * 1024]).isEqualTo(3 * 49);
    assertThat(scores[1]).isZero();
  }

  @Test
  void aFullRowDropsItsWeakerHalfAndStaysWithinItsCapacity() {
    CooccurrenceRow row = new CooccurrenceRow(8);
    for (int item = 0; item < 8; item++) {
      row.add(item, item + 1);
    }
    row.add(100, 1);

    double[] scores = scores(row, 101);
    assertThat(row.size()).isEqualTo(5);
    assertThat(scores[3]).isZero();
    assertThat(scores[4]).isEqualTo(5);
    assertThat(scores[100]).isEqualTo(1);
  }

  @Test
  void equalWeightsAreDroppedDownToHalfToo() {
    CooccurrenceRow row = new CooccurrenceRow(8);
    for (int item = 0; item < 1000; item++) {
      row.add(item, 1);
      assertThat(row.size()).isLessThanOrEqualTo(8);
    }
  }

  @Test
  void strongEntriesOutliveOlderWeakOnesWhenMostWeightsTie() {
    CooccurrenceRow row = new CooccurrenceRow(8);
    for (int item = 0; item < 6; item++) {
      row.add(item, 1);
    }
    row.add(6, 9);
    row.add(7, 9);
    row.add(8, 1);

    double[] scores = scores(row, 9);
    assertThat(scores).containsExactly(1, 1, 0, 0, 0, 0, 9, 9, 1);
  }

  @Test
  void scalingDropsWhatFallsUnderTheFloor() {
    CooccurrenceRow row = new CooccurrenceRow(8);
    row.add(0, 1);
    row.add(1, 4);
    row.scale(0.5, 1);
    row.add(1, 1);

    assertThat(row.size()).isEqualTo(1);
    assertThat(scores(row, 2)).containsExactly(0, 3);
  }

  private static double[] scores(CooccurrenceRow row, int items) {
    double[] scores = new double[items];
    row.addTo(scores, 1);
    return scores;
  }
}
