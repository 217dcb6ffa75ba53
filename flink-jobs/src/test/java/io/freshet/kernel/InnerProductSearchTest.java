// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InnerProductSearchTest {
  private static final SparseRows NOTHING = SparseRows.of(3, new int[] {0, 0, 0}, new int[0]);

  private final float[] vectors = {1, 0, 0, 1};
  private final float[] matrix = {3, 1, 1, 2, 2, 2};

  @Test
  void theBestComeFirstAndTheLowerRowAmongEquals() {
    int[] top =
        InnerProductSearch.topK(Kernels.cpu(), 3, 2, vectors, new int[] {0, 1}, matrix, NOTHING);
    assertThat(top).containsExactly(0, 2, 1, 1, 2, 0);
  }

  @Test
  void onlyTheAskedVectorsAreSearchedInTheirOrder() {
    int[] top =
        InnerProductSearch.topK(Kernels.cpu(), 1, 2, vectors, new int[] {1, 0}, matrix, NOTHING);
    assertThat(top).containsExactly(1, 0);
  }

  @Test
  void anExcludedRowIsNotFoundAndAShortListEndsInMinusOne() {
    SparseRows excluded = SparseRows.of(3, new int[] {0, 2, 2}, new int[] {0, 2});
    int[] top =
        InnerProductSearch.topK(Kernels.cpu(), 3, 2, vectors, new int[] {0, 1}, matrix, excluded);
    assertThat(top).containsExactly(1, -1, -1, 1, 2, 0);
  }

  @Test
  void rowsThatAreNoNumbersAreNotFound() {
    float[] broken = {Float.NaN, 1, 1, 2, 2, 2};
    int[] top =
        InnerProductSearch.topK(Kernels.cpu(), 3, 2, vectors, new int[] {0}, broken, NOTHING);
    assertThat(top).containsExactly(2, 1, -1);
  }

  @Test
  void manyVectorsFindWhatSortingAllScoresFindsForAnyNumberOfThreads() {
    int vectorCount = 2500;
    int rows = 301;
    int d = 7;
    int k = 5;
    Random random = new Random(3);
    // Small whole numbers: sums are exact in any order, and ties are many.
    float[] many = values(random, vectorCount * d);
    float[] all = values(random, rows * d);
    int[] index = IntStream.range(0, vectorCount).toArray();
    SparseRows none = SparseRows.of(rows, new int[vectorCount + 1], new int[0]);

    int[] top = InnerProductSearch.topK(Kernels.cpu(), k, d, many, index, all, none);

    assertThat(InnerProductSearch.topK(Kernels.cpu(3), k, d, many, index, all, none))
        .isEqualTo(top);
    for (int v = 0; v < vectorCount; v++) {
      int vector = v;
      int[] expected =
          IntStream.range(0, rows)
              .boxed()
              .sorted(Comparator.comparingDouble(r -> -product(many, vector, all, r, d)))
              .mapToInt(r -> r)
              .limit(k)
              .toArray();
      assertThat(IntStream.range(v * k, v * k + k).map(i -> top[i]).toArray()).isEqualTo(expected);
    }
  }

  private static float[] values(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextInt(7) - 3;
    }
    return values;
  }

  private static double product(float[] x, int row, float[] y, int other, int d) {
    return IntStream.range(0, d).mapToDouble(c -> x[row * d + c] * y[other * d + c]).sum();
  }
}
