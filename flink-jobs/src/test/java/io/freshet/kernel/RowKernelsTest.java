// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows and dense products against arithmetic in double. */
class RowKernelsTest {

  private static final int ROWS = 3000;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 15, 16, 17, 31, 33, 63, 64, 65, 100, 128})
  void dotAndAxpyAgreeWithDoubleAtEveryLength(int n) {
    RandomMatrices random = new RandomMatrices(n);
    float[] x = random.dense(n + 3);
    float[] y = random.dense(n + 5);
    double sum = 0;
    double size = 0;
    double[] added = new double[n + 5];
    double[] magnitude = new double[n + 5];
    for (int i = 0; i < y.length; i++) {
      added[i] = y[i];
      magnitude[i] = Math.abs(y[i]);
    }
    for (int i = 0; i < n; i++) {
      sum += (double) x[i + 3] * y[i + 5];
      size += Math.abs((double) x[i + 3] * y[i + 5]);
      added[i + 5] += -0.75 * x[i + 3];
      magnitude[i + 5] += Math.abs(0.75 * x[i + 3]);
    }
    AllLoops.assertAllAgree(
        new double[] {sum},
        new double[] {size},
        kernels -> new float[] {kernels.dot(n, x, 3, y, 5)});
    AllLoops.assertAllAgree(
        added,
        magnitude,
        kernels -> {
          float[] out = y.clone();
          kernels.axpy(n, -0.75f, x, 3, out, 5);
          return out;
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 15, 16, 20, 33, 64, 68, 100})
  void productsOfManyRowsWithOneVectorAreTheRowsOwn(int d) {
    RandomMatrices random = new RandomMatrices(d);
    float[] x = random.dense(15 * d);
    float[] v = random.dense(d + 3);
    for (RowLoops loops : AllLoops.LOOPS) {
      float[] out = filled(15);
      loops.dots(11, d, x, 2, v, 3, out, 1);
      assertThat(out[0]).isNaN();
      for (int r = 0; r < 11; r++) {
        float expected = new ScalarLoops().dot(d, x, (2 + r) * d, v, 3);
        assertThat(out[1 + r]).as(loops.name()).isCloseTo(expected, within(1e-4f));
      }
      assertThat(out[12]).isNaN();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 17, 64})
  void inverseNormsAndScaledRowsMakeUnitRowsAndLeaveZeroRowsAtZero(int d) {
    float[] x = new RandomMatrices(d).dense(ROWS * d);
    Arrays.fill(x, 5 * d, 6 * d, 0f);
    Arrays.fill(x, 7 * d, 8 * d, 1e-30f);
    double[] inverse = new double[ROWS];
    double[] unit = new double[ROWS * d];
    for (int r = 0; r < ROWS; r++) {
      double squares = 0;
      for (int k = 0; k < d; k++) {
        squares += (double) x[r * d + k] * x[r * d + k];
      }
      inverse[r] = 1 / Math.max(Math.sqrt(squares), 1e-12);
      for (int k = 0; k < d; k++) {
        unit[r * d + k] = x[r * d + k] * inverse[r];
      }
    }
    assertThat(inverse[5]).isEqualTo(1e12);
    AllLoops.assertAllAgree(inverse, inverse, kernels -> inverseNorms(kernels, d, x));
    AllLoops.assertAllAgree(
        unit,
        Arrays.stream(unit).map(Math::abs).toArray(),
        kernels -> {
          float[] out = x.clone();
          kernels.scaleRows(ROWS, d, inverseNorms(kernels, d, x), out, out);
          return out;
        });
  }

  private static float[] inverseNorms(Kernels kernels, int d, float[] x) {
    float[] out = new float[ROWS];
    kernels.inverseNorms(ROWS, d, x, out);
    return out;
  }

  @ParameterizedTest
  @MethodSource("io.freshet.kernel.AllLoops#kernels")
  void gatheringRepeatsRowsAndScatteringAddsThemUp(Kernels kernels) {
    int d = 17;
    RandomMatrices random = new RandomMatrices(1);
    float[] table = random.dense(40 * d);
    int[] index = random.indices(500, 40, false);
    float[] gathered = new float[500 * d];
    kernels.gatherRows(index, 500, d, table, gathered);
    float[] summed = new float[40 * d];
    float[] expected = new float[40 * d];
    kernels.scatterAddRows(index, 500, d, gathered, summed);
    for (int b = 0; b < 500; b++) {
      for (int k = 0; k < d; k++) {
        assertThat(gathered[b * d + k]).isEqualTo(table[index[b] * d + k]);
        expected[index[b] * d + k] += gathered[b * d + k];
      }
    }
    assertThat(summed).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 1024, 5000})
  void denseProductsAgreeWithDouble(int n) {
    int k = 19;
    int c = 11;
    RandomMatrices random = new RandomMatrices(n);
    float[] a = random.dense(n * k);
    float[] b = random.dense(k * c);
    float[] tall = random.dense(n * c);
    double[] product = new double[n * c];
    double[] productSize = new double[n * c];
    double[] transposed = new double[k * c];
    double[] transposedSize = new double[k * c];
    for (int r = 0; r < n; r++) {
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < c; j++) {
          double first = (double) a[r * k + i] * b[i * c + j];
          product[r * c + j] += first;
          productSize[r * c + j] += Math.abs(first);
          double second = (double) a[r * k + i] * tall[r * c + j];
          transposed[i * c + j] += second;
          transposedSize[i * c + j] += Math.abs(second);
        }
      }
    }
    AllLoops.assertAllAgree(
        product,
        productSize,
        kernels -> {
          float[] out = filled(n * c);
          kernels.gemm(n, k, c, a, b, out);
          return out;
        });
    AllLoops.assertAllAgree(
        transposed,
        transposedSize,
        kernels -> {
          float[] out = filled(k * c);
          kernels.gemmTransposed(n, k, c, a, tall, out);
          return out;
        });
  }

  private static float[] filled(int n) {
    float[] out = new float[n];
    Arrays.fill(out, Float.NaN);
    return out;
  }

  @ParameterizedTest
  @MethodSource("io.freshet.kernel.AllLoops#kernels")
  void aRankCountsHigherScoresAndEarlierTiesAtAnyLength(Kernels kernels) {
    RandomMatrices random = new RandomMatrices(6);
    for (int n = 1; n <= 150; n++) {
      float[] scores = random.dense(n);
      int candidate = n / 3;
      scores[n / 2] = scores[candidate];
      scores[0] = n % 2 == 0 ? scores[candidate] : Float.NaN;
      scores[n - 1] = n % 5 == 0 ? Float.NEGATIVE_INFINITY : scores[n - 1];
      int rank = scores[candidate] > Float.NEGATIVE_INFINITY ? 1 : 0;
      for (int i = 0; i < n && rank > 0; i++) {
        boolean tie = scores[i] == scores[candidate] && i < candidate;
        rank += tie || scores[i] > scores[candidate] ? 1 : 0;
      }
      assertThat(kernels.rank(scores, n, candidate)).as("of %d scores", n).isEqualTo(rank);
    }
  }

  @ParameterizedTest
  @MethodSource("io.freshet.kernel.AllLoops#kernels")
  void aSumIsTheSameForAnyThreads(Kernels kernels) {
    Kernels.RangeSum harmonic =
        (from, to) -> {
          double sum = 0;
          for (int i = from; i < to; i++) {
            sum += 1.0 / (i + 1);
          }
          return sum;
        };
    double sum = kernels.sumRange(100_000, harmonic);
    assertThat(sum).isEqualTo(Kernels.cpu().sumRange(100_000, harmonic));
    assertThat(sum).isCloseTo(Math.log(100_000) + 0.5772156649 + 0.5e-5, within(1e-9));
    assertThat(kernels.sumRange(0, harmonic)).isZero();
  }

  @Test
  void everyPartOfARangeIsVisitedOnce() {
    for (int n : new int[] {0, 1, 1023, 1024, 1025, 10_000}) {
      AllLoops.kernels()
          .forEach(
              kernels -> {
                int[] visits = new int[n];
                kernels.forRange(
                    n,
                    (from, to) -> {
                      for (int i = from; i < to; i++) {
                        visits[i]++;
                      }
                    });
                assertThat(visits).containsOnly(n == 0 ? new int[0] : new int[] {1});
              });
    }
  }
}
