// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.model.SplitMix;
import io.freshet.reference.ResidualCodes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResidualQuantiserTest {

  private static final int LEVELS = 3;
  private static final int CODES = 5;
  private static final int DIM = 7;

  private final Codebooks books = Codebooks.of(1, 4, LEVELS, CODES, DIM, random(11));

  @Test
  void assignsAsTheReferenceDoesBeyondOneBatch() {
    int n = 2500;
    float[] x = new float[n * DIM];
    new SplitMix(5).fillGaussian(x, 0, x.length, 1);
    int[] codes = new int[n * LEVELS];

    new ResidualQuantiser(books).assign(x, n, codes);

    for (int i = 0; i < n; i++) {
      assertThat(Arrays.copyOfRange(codes, i * LEVELS, (i + 1) * LEVELS))
          .isEqualTo(ResidualCodes.codes(row(x, i), reference()));
    }
  }

  @Test
  void takesTheLowestOfCodesThatAreEquallyNear() {
    float[] centroids = {2, 1, 1, -1};
    int[] codes = new int[2];
    new ResidualQuantiser(Codebooks.of(1, 1, 1, 4, 1, centroids))
        .assign(new float[] {0, 1}, 2, codes);
    assertThat(codes).containsExactly(1, 1);
  }

  @Test
  void anEmptyCodeDrawsVectorsNearerWhereDistancesAreScaled() {
    float[] centroids = {0, 1};
    float[] shares = {0.9f, 0.1f};
    Codebooks uneven = Codebooks.of(1, 1, 1, 2, 1, centroids, shares);
    float[] x = {0.45f, 0.1f};
    int[] codes = new int[2];

    new ResidualQuantiser(uneven).assign(x, 2, codes);
    assertThat(codes).containsExactly(0, 0);

    // The second code's share is a fifth of what is even: .2 * .3025 is less than .2025.
    new ResidualQuantiser(uneven, 1).assign(x, 2, codes);
    assertThat(codes).containsExactly(1, 0);

    new ResidualQuantiser(uneven, 5).assign(x, 2, codes);
    assertThat(codes).containsExactly(0, 0);
  }

  @Test
  void gathersCountsSumsAndSquaresByWeight() {
    int n = 1500;
    float[] x = new float[n * DIM];
    new SplitMix(6).fillGaussian(x, 0, x.length, 1);
    float[] weights = new float[n];
    for (int i = 0; i < n; i++) {
      weights[i] = 0.5f + i % 3;
    }
    CodeStatistics statistics = new CodeStatistics(books, 10);
    int[] codes = new int[n * LEVELS];
    Arrays.fill(codes, -1);

    new ResidualQuantiser(books).gather(x, n, weights, codes, codes, statistics, new SplitMix(1));

    double[] sums = new double[LEVELS * CODES * DIM];
    double[] weighed = new double[LEVELS * CODES];
    long[] counts = new long[LEVELS * CODES];
    double squares = 0;
    double left = 0;
    double[] moments = new double[DIM * DIM];
    for (int i = 0; i < n; i++) {
      double[] vector = row(x, i);
      int[] path = ResidualCodes.codes(vector, reference());
      for (int l = 0; l < LEVELS; l++) {
        int slot = l * CODES + path[l];
        counts[slot]++;
        weighed[slot] += weights[i];
        double[] residual = ResidualCodes.residual(vector, reference(), l);
        for (int c = 0; c < DIM; c++) {
          sums[slot * DIM + c] += weights[i] * residual[c];
        }
      }
      squares += ResidualCodes.squared(vector);
      left += ResidualCodes.squared(ResidualCodes.residual(vector, reference(), LEVELS));
      for (int r = 0; r < DIM; r++) {
        for (int c = 0; c < DIM; c++) {
          moments[r * DIM + c] += vector[r] * vector[c];
        }
      }
    }
    assertThat(statistics.users()).isEqualTo(n);
    assertThat(statistics.counts()).isEqualTo(counts);
    assertClose(statistics.weights(), weighed);
    assertClose(statistics.sums(), sums);
    assertClose(statistics.moments(), moments);
    assertThat(statistics.squares()).isCloseTo(squares, within(1e-3));
    assertThat(statistics.residualSquares()[LEVELS - 1]).isCloseTo(left, within(1e-3));
    assertThat(statistics.compared()).isZero();
  }

  @Test
  void countsWhoseCodesChangedAmongThoseWhoHadSome() {
    float[] centroids = {0, 10, 0, 1};
    Codebooks two = Codebooks.of(1, 1, 2, 2, 1, centroids);
    CodeStatistics statistics = new CodeStatistics(two, 4);
    float[] x = {0, 1, 11, 10};
    int[] before = {0, 0, 0, 0, 0, 1, -1, -1};
    int[] now = new int[8];

    new ResidualQuantiser(two).gather(x, 4, null, before, now, statistics, new SplitMix(1));

    assertThat(now).containsExactly(0, 0, 0, 1, 1, 1, 1, 0);
    assertThat(statistics.compared()).isEqualTo(3);
    assertThat(statistics.changed()).containsExactly(1, 1);
    assertThat(statistics.changedPaths()).isEqualTo(2);
    assertThat(statistics.paths()).hasSize(8).contains(0, 1, 3, 2);
  }

  @Test
  void booksWithoutCodesAssignNone() {
    Codebooks none = Codebooks.empty(1, LEVELS, CODES, DIM);
    assertThatThrownBy(() -> new ResidualQuantiser(none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without codes");
  }

  @Test
  void doesNotMixStatisticsOfOtherBooks() {
    CodeStatistics other = new CodeStatistics(Codebooks.of(1, 3, LEVELS, CODES, DIM, random(1)), 4);
    ResidualQuantiser quantiser = new ResidualQuantiser(books);
    assertThatThrownBy(
            () ->
                quantiser.gather(
                    new float[DIM], 1, null, new int[3], new int[3], other, new SplitMix(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version 3");
  }

  private double[][][] reference() {
    double[][][] reference = new double[LEVELS][CODES][DIM];
    for (int l = 0; l < LEVELS; l++) {
      for (int k = 0; k < CODES; k++) {
        for (int c = 0; c < DIM; c++) {
          reference[l][k][c] = books.centroids()[books.offset(l, k) + c];
        }
      }
    }
    return reference;
  }

  private static double[] row(float[] x, int i) {
    double[] row = new double[DIM];
    for (int c = 0; c < DIM; c++) {
      row[c] = x[i * DIM + c];
    }
    return row;
  }

  private static float[] random(long seed) {
    float[] values = new float[LEVELS * CODES * DIM];
    new SplitMix(seed).fillGaussian(values, 0, values.length, 1);
    return values;
  }

  private static void assertClose(float[] actual, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i])
          .isCloseTo(expected[i], within(1e-4 * Math.max(1, Math.abs(expected[i]))));
    }
  }
}
