// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SDDMM and SpMM, both ways, against sums in double. */
class SparseKernelsTest {

  static Stream<Arguments> graphs() {
    return Stream.of(1, 3, 16, 17, 64, 100, 128)
        .flatMap(
            d ->
                Stream.of(
                    Arguments.of(d, 1, 1, 3),
                    Arguments.of(d, 1, 50, 400),
                    Arguments.of(d, 50, 1, 400),
                    Arguments.of(d, 7, 5, 0),
                    Arguments.of(d, 30, 40, 500),
                    // Enough entries to be shared between threads.
                    Arguments.of(d, 900, 300, 20_000)));
  }

  @ParameterizedTest(name = "d {0}, {1} x {2}, {3} entries")
  @MethodSource("graphs")
  void sddmmIsTheInnerProductOfEveryEntry(int d, int rows, int columns, int entries) {
    RandomMatrices random = new RandomMatrices(d + entries);
    SparseRows a = random.sparse(rows, columns, entries);
    float[] x = random.dense(rows * d);
    float[] y = random.dense(columns * d);
    float[] before = random.dense(entries);
    for (boolean add : new boolean[] {false, true}) {
      double[] expected = new double[entries];
      double[] magnitude = new double[entries];
      for (int r = 0; r < rows; r++) {
        for (int e = a.start(r); e < a.start(r + 1); e++) {
          expected[e] = add ? before[e] : 0;
          magnitude[e] = Math.abs(expected[e]);
          for (int k = 0; k < d; k++) {
            double product = (double) x[r * d + k] * y[a.column(e) * d + k];
            expected[e] += product;
            magnitude[e] += Math.abs(product);
          }
        }
      }
      AllLoops.assertAllAgree(expected, magnitude, on(a, d, x, y, before, add));
      AllLoops.assertAllAgree(expected, magnitude, on(a.transpose(), d, y, x, before, add));
    }
  }

  private static AllLoops.Call on(
      SparseRows a, int d, float[] x, float[] y, float[] before, boolean add) {
    return kernels -> {
      float[] out = before.clone();
      kernels.sddmm(a, d, x, y, out, add);
      return out;
    };
  }

  @ParameterizedTest(name = "d {0}, {1} x {2}, {3} entries")
  @MethodSource("graphs")
  void spmmIsTheWeightedSumOfEveryRowsNeighbours(int d, int rows, int columns, int entries) {
    RandomMatrices random = new RandomMatrices(d + entries);
    SparseRows a = random.sparse(rows, columns, entries);
    float[] weights = random.dense(entries);
    assertSpmm(a, d, weights, random);
    assertSpmm(a.transpose(), d, weights, random);
  }

  private static void assertSpmm(SparseRows a, int d, float[] weights, RandomMatrices random) {
    float[] y = random.dense(a.columns() * d);
    float[] before = random.dense(a.rows() * d);
    for (boolean add : new boolean[] {false, true}) {
      double[] expected = new double[before.length];
      double[] magnitude = new double[before.length];
      for (int r = 0; r < a.rows(); r++) {
        for (int k = 0; k < d; k++) {
          int at = r * d + k;
          expected[at] = add ? before[at] : 0;
          magnitude[at] = Math.abs(expected[at]);
          for (int p = a.start(r); p < a.start(r + 1); p++) {
            double product = (double) weights[a.entry(p)] * y[a.column(p) * d + k];
            expected[at] += product;
            magnitude[at] += Math.abs(product);
          }
        }
      }
      AllLoops.assertAllAgree(
          expected,
          magnitude,
          kernels -> {
            float[] out = before.clone();
            kernels.spmm(a, d, weights, y, out, add);
            return out;
          });
    }
  }

  @ParameterizedTest
  @MethodSource("io.freshet.kernel.AllLoops#kernels")
  void theFirstRowsAloneLeaveTheOthersOut(Kernels kernels) {
    RandomMatrices random = new RandomMatrices(4);
    SparseRows a = random.sparse(90, 30, 20_000);
    int d = 20;
    float[] weights = random.dense(20_000);
    float[] y = random.dense(30 * d);
    float[] all = new float[90 * d];
    kernels.spmm(a, d, weights, y, all, false);
    float[] some = new float[90 * d];
    kernels.spmm(a.head(40), d, weights, y, some, false);
    for (int i = 0; i < some.length; i++) {
      assertThat(some[i]).isEqualTo(i < 40 * d ? all[i] : 0);
    }
  }

  @ParameterizedTest
  @MethodSource("io.freshet.kernel.AllLoops#kernels")
  void aTransposeOfATransposeHasTheSameEntries(Kernels kernels) {
    RandomMatrices random = new RandomMatrices(5);
    SparseRows a = random.sparse(90, 30, 20_000);
    SparseRows twice = a.transpose().transpose();
    float[] x = random.dense(90 * 3);
    float[] y = random.dense(30 * 3);
    float[] once = new float[a.size()];
    float[] again = new float[a.size()];
    kernels.sddmm(a, 3, x, y, once, false);
    kernels.sddmm(twice, 3, x, y, again, false);
    assertThat(again).isEqualTo(once);
  }
}
