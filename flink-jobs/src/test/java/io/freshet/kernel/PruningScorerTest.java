// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PruningScorerTest {

  private static final int WIDTH = 20;
  private static final int CLUSTERS = 50;
  private static final Offset<Float> ROUNDING = within(1e-3f);

  private final Random random = new Random(3);
  private final float[] centres = gaussian(CLUSTERS * WIDTH, 1);

  // The rows as they were put.
  private float[] rows = {};
  private int n;

  @Test
  void clusteredRowsAreFoundByLookingAtFewOfThem() {
    try (PruningScorer scorer = pruned(20_000, 0.05f)) {
      double found = recall(scorer, 50);
      assertThat(scorer.state().pruned()).isTrue();
      assertThat(scorer.state().rowsPerVector()).isEqualTo(1000);
      assertThat(found).isGreaterThan(0.97);
      assertThat(scorer.state().cells()).isBetween(200, 300);
    }
  }

  @Test
  void itMeasuresItsOwnRecall() {
    try (PruningScorer scorer = pruned(1000, 0.2f)) {
      skip(scorer, 5000);
      double found = recall(scorer, 50);
      assertThat(found).isBetween(0.3, 0.995);
      assertThat(scorer.state().recall()).isCloseTo(found, within(0.1));
    }
  }

  @Test
  void lookingAtAllRowsIsExact() {
    try (PruningScorer scorer = pruned(3000, 1)) {
      float[] vector = vector();
      scorer.score(
          vector,
          1,
          n,
          (b, scored) -> {
            assertThat(scored.count()).isEqualTo(n);
            for (int row = 0; row < n; row++) {
              assertThat(scored.row(scored.place(row))).isEqualTo(row);
              assertThat(scored.scores()[scored.place(row)]).isCloseTo(dot(row, vector), ROUNDING);
            }
          });
    }
  }

  @Test
  void aRowThatWasNotLookedAtHasAScoreAllTheSame() {
    try (PruningScorer scorer = pruned(3000, 0.02f)) {
      float[] vector = vector();
      scorer.score(
          vector,
          1,
          n,
          (b, scored) -> {
            assertThat(scored.count()).isEqualTo(60);
            int places = 0;
            for (int row = 0; row < n; row++) {
              places += scored.place(row) >= 0 ? 1 : 0;
              assertThat(scored.of(row)).isCloseTo(dot(row, vector), ROUNDING);
            }
            assertThat(places).isEqualTo(60);
          });
    }
  }

  @Test
  void aChangedRowIsFoundAtItsNewPlaceAndNowhereElse() {
    try (PruningScorer scorer = pruned(3000, 1)) {
      for (int change = 0; change < 9000; change++) {
        put(scorer, random.nextInt(n));
        if (change % 300 == 0) {
          assertThatEveryRowIsThereOnce(scorer);
        }
      }
      assertThat(scorer.state().fits()).as("not fitted anew").isEqualTo(1);
    }
  }

  @Test
  void aRowThatMovesToAnotherClusterIsAmongTheBestThere() {
    try (PruningScorer scorer = pruned(5000, 0.05f)) {
      float[] vector = Arrays.copyOfRange(centres, 7 * WIDTH, 8 * WIDTH);
      float[] moved = new float[WIDTH];
      for (int i = 0; i < WIDTH; i++) {
        moved[i] = 2 * vector[i];
      }
      System.arraycopy(moved, 0, rows, 1234 * WIDTH, WIDTH);
      scorer.put(1234, moved, 0);
      assertThat(best(scorer, vector, 1)).containsExactly(1234);
    }
  }

  @Test
  void fewRowsThatAreHighForEveryVectorAreAlwaysFound() {
    try (PruningScorer scorer = pruned(10_000, 0.02f)) {
      Set<Integer> popular = Set.of(11, 2222, 7777);
      for (int row : popular) {
        rows[row * WIDTH] = 100;
        scorer.put(row, rows, row * WIDTH);
      }
      for (int v = 0; v < 50; v++) {
        float[] vector = vector();
        vector[0] = 1;
        assertThat(best(scorer, vector, 3)).isEqualTo(popular);
      }
    }
  }

  @Test
  void aRowThatIsNotFiniteIsNotLookedAtUntilItIsAgain() {
    try (PruningScorer scorer = pruned(3000, 1)) {
      float[] away = Arrays.copyOfRange(rows, 0, WIDTH);
      away[WIDTH - 1] = Float.NEGATIVE_INFINITY;
      scorer.put(5, away, 0);
      scorer.put(6, away, 0);
      scorer.score(
          vector(),
          1,
          n,
          (b, scored) -> {
            assertThat(scored.count()).isEqualTo(n - 2);
            assertThat(scored.place(5)).isEqualTo(-1);
            assertThat(scored.of(5)).isEqualTo(Float.NEGATIVE_INFINITY);
          });
      put(scorer, 5);
      put(scorer, 6);
      assertThatEveryRowIsThereOnce(scorer);
    }
  }

  @Test
  void upToTheThresholdEveryRowIsScoredInPlace() {
    try (PruningScorer scorer = scorer(500, 0.01f)) {
      grow(scorer, 500);
      for (int i = 0; i < 2000; i++) {
        scorer.score(vector(), 1, n, (b, scored) -> assertThat(scored.place(7)).isEqualTo(7));
      }
      assertThat(scorer.state()).isEqualTo(new PruningState(false, 500, 1, 0, 0));
      assertThat(scorer.offHeapBytes()).isPositive();
    }
  }

  @Test
  void rowsThatComeAndChangeOnTheWayAcrossTheThresholdAreAllThere() {
    try (PruningScorer scorer = scorer(300, 1)) {
      while (scorer.state().fits() < 3) {
        grow(scorer, n + 20);
        put(scorer, random.nextInt(n));
        assertThatEveryRowIsThereOnce(scorer);
        assertThat(scorer.offHeapBytes() == 0).isEqualTo(scorer.pruned());
      }
      assertThat(n).isGreaterThan(600);
    }
  }

  @Test
  void cellsFollowRowsThatDriftAway() {
    try (PruningScorer scorer = pruned(8000, 0.05f)) {
      double before = recall(scorer, 50);
      for (int round = 0; round < 5; round++) {
        float[] other = gaussian(CLUSTERS * WIDTH, 1);
        System.arraycopy(other, 0, centres, 0, other.length);
        for (int row = 0; row < n; row++) {
          put(scorer, row);
        }
      }
      skip(scorer, 1000);
      assertThat(scorer.state().fits()).isGreaterThan(1);
      assertThat(recall(scorer, 50)).isGreaterThan(before - 0.03);
    }
  }

  @Test
  void cellsFollowRowsThatShiftAllAtOnce() {
    try (PruningScorer scorer = pruned(8000, 0.05f)) {
      double before = recall(scorer, 50);
      for (int row = 0; row < n; row++) {
        rows[row * WIDTH] -= 100;
        scorer.put(row, rows, row * WIDTH);
      }
      skip(scorer, 500);
      assertThat(scorer.state().fits()).isEqualTo(2);
      assertThat(recall(scorer, 50)).isGreaterThan(before - 0.03);
    }
  }

  @Test
  void memoryIsLessThanAThirdMoreThanTheRows() {
    try (PruningScorer scorer = pruned(20_000, 0.05f)) {
      long bytes = (long) n * WIDTH * Float.BYTES;
      for (int change = 0; change < 40_000; change++) {
        put(scorer, random.nextInt(n));
      }
      // Rows of 20 values: twelve bytes beside each are 15% of it already.
      assertThat(scorer.heapBytes()).isBetween(bytes, bytes * 4 / 3);
    }
  }

  @Test
  void anythingButFiniteRowsLeavesNothingToLookAt() {
    try (PruningScorer scorer = scorer(10, 0.5f)) {
      float[] nothing = new float[WIDTH];
      nothing[0] = Float.NaN;
      for (int row = 0; row < 100; row++) {
        scorer.put(row, nothing, 0);
      }
      for (int i = 0; i < 50; i++) {
        scorer.score(vector(), 1, 100, (b, scored) -> {});
      }
      scorer.score(vector(), 1, 100, (b, scored) -> assertThat(scored.count()).isZero());
      assertThat(scorer.pruned()).isTrue();
    }
  }

  @Test
  void theSameCallsGiveTheSameCells() {
    int[] first = new int[0];
    for (int run = 0; run < 2; run++) {
      random.setSeed(11);
      n = 0;
      try (PruningScorer scorer = pruned(3000, 0.02f)) {
        int[] found = best(scorer, vector(), 20).stream().mapToInt(row -> row).toArray();
        assertThat(run == 0 ? found : first).isEqualTo(found);
        first = found;
      }
    }
  }

  @Test
  void sharesAboveOneAreRefused() {
    assertThatThrownBy(() -> new Pruning(10, 1.5f, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.5");
  }

  private static PruningScorer scorer(int exactUpTo, float share) {
    float[] weights = new float[WIDTH];
    Arrays.fill(weights, 1);
    return new PruningScorer(Kernels.cpu(), 4096, new Pruning(exactUpTo, share, 1), weights);
  }

  /** A scorer of so many rows that has gone over to cells. */
  private PruningScorer pruned(int count, float share) {
    PruningScorer scorer = scorer(count - 1, share);
    grow(scorer, count);
    while (!scorer.pruned()) {
      skip(scorer, 1);
    }
    return scorer;
  }

  private void grow(PruningScorer scorer, int count) {
    rows = Arrays.copyOf(rows, Math.max(rows.length, count * WIDTH));
    while (n < count) {
      put(scorer, n++);
    }
  }

  /** Puts other values in a row: somewhere around one of the centres. */
  private void put(PruningScorer scorer, int row) {
    int centre = random.nextInt(CLUSTERS);
    for (int i = 0; i < WIDTH; i++) {
      rows[row * WIDTH + i] = centres[centre * WIDTH + i] + 0.5f * (float) random.nextGaussian();
    }
    scorer.put(row, rows, row * WIDTH);
  }

  private float[] vector() {
    int centre = random.nextInt(CLUSTERS);
    float[] vector = gaussian(WIDTH, 0.5f);
    for (int i = 0; i < WIDTH; i++) {
      vector[i] += centres[centre * WIDTH + i];
    }
    return vector;
  }

  private void assertThatEveryRowIsThereOnce(PruningScorer scorer) {
    float[] vector = vector();
    scorer.score(
        vector,
        1,
        n,
        (b, scored) -> {
          int[] seen = new int[n];
          for (int place = 0; place < scored.count(); place++) {
            int row = scored.row(place);
            seen[row]++;
            if (Math.abs(scored.scores()[place] - dot(row, vector)) > 1e-3) {
              assertThat(scored.scores()[place]).as("row %d", row).isEqualTo(dot(row, vector));
            }
          }
          assertThat(seen).containsOnly(1);
        });
  }

  private void skip(PruningScorer scorer, int vectors) {
    for (int v = 0; v < vectors; v++) {
      scorer.score(vector(), 1, n, (b, scored) -> {});
    }
  }

  private double recall(PruningScorer scorer, int vectors) {
    double sum = 0;
    for (int v = 0; v < vectors; v++) {
      float[] vector = vector();
      Set<Integer> found = best(scorer, vector, 100);
      float[] all = new float[n];
      for (int row = 0; row < n; row++) {
        all[row] = dot(row, vector);
      }
      int[] best = new int[100];
      Kernels.cpu().select(all, n, 100, best);
      sum += Arrays.stream(best).filter(found::contains).count() / 100.0;
    }
    return sum / vectors;
  }

  private Set<Integer> best(PruningScorer scorer, float[] vector, int k) {
    Set<Integer> rowsFound = new TreeSet<>();
    scorer.score(
        vector,
        1,
        n,
        (b, scored) -> {
          int[] places = new int[k];
          int found = Kernels.cpu().select(scored.scores(), scored.count(), k, places);
          for (int i = 0; i < found; i++) {
            rowsFound.add(scored.row(places[i]));
          }
        });
    return rowsFound;
  }

  private float dot(int row, float[] vector) {
    double sum = 0;
    for (int i = 0; i < WIDTH; i++) {
      sum += (double) rows[row * WIDTH + i] * vector[i];
    }
    return (float) sum;
  }

  private float[] gaussian(int count, float scale) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = scale * (float) random.nextGaussian();
    }
    return values;
  }
}
