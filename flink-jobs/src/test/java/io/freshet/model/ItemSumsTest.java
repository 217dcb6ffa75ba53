// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class ItemSumsTest {
  private static final int DIM = 4;
  private static final int WIDTH = DIM + 1;

  private final ModelOptions options = ModelOptions.builder().dim(DIM).build();
  private final ItemTable items = new ItemTable(options);

  @Test
  void theyAreTheSumsOverAllRows() {
    fill(1_300);

    ItemSums sums = items.sums();

    double[] rows = new double[DIM];
    double[] normalised = new double[DIM];
    double[] products = new double[DIM * DIM];
    for (int i = 0; i < items.size(); i++) {
      double norm = 0;
      for (int c = 0; c < DIM; c++) {
        norm += Math.pow(items.rows[i * WIDTH + c], 2);
      }
      norm = Math.sqrt(norm);
      for (int c = 0; c < DIM; c++) {
        double value = items.rows[i * WIDTH + c];
        rows[c] += value;
        normalised[c] += value / norm;
        for (int d = 0; d < DIM; d++) {
          products[c * DIM + d] += value / norm * items.rows[i * WIDTH + d];
        }
      }
    }
    assertThat(sums.count()).isEqualTo(1_300);
    assertClose(sums.ofRows, rows);
    assertClose(sums.ofNormalised, normalised);
    assertClose(sums.ofProducts, products);
  }

  @Test
  void theyAreAtMostAsManyChangesOldAsThereAreItems() {
    fill(100);
    float[] before = items.sums().ofRows.clone();

    for (int change = 0; change < 99; change++) {
      takeOver(3, change, 7);
    }
    assertThat(items.sums().ofRows).containsExactly(before);

    takeOver(3, 99, 7);
    assertThat(items.sums().ofRows[0]).isCloseTo(before[0] - first + 7, within(1e-4f));
  }

  @Test
  void whatLeftIsInThemNoLonger() {
    fill(3);
    BitSet gone = new BitSet();
    gone.set(0, 2);

    items.removeAll(gone);
    takeOver(2, 1, 5);
    ItemSums sums = items.sums();

    assertThat(sums.count()).isOne();
    assertThat(sums.ofRows).containsExactly(5, 5, 5, 5);
    assertThat(sums.ofNormalised).containsExactly(.5f, .5f, .5f, .5f);
  }

  private float first;

  private void fill(int count) {
    for (int i = 0; i < count; i++) {
      items.indexOrAdd("item" + i);
    }
    first = items.rows[3 * WIDTH];
  }

  private void takeOver(int item, long version, float value) {
    float[] row = new float[WIDTH];
    Arrays.fill(row, 0, DIM, value);
    items.applyOwnerRow(item, 1, version, OwnedItem.unseen(row, options), Long.MIN_VALUE);
  }

  private static void assertClose(float[] actual, double[] expected) {
    for (int c = 0; c < expected.length; c++) {
      assertThat(actual[c]).isCloseTo((float) expected[c], within(1e-3f));
    }
  }
}
