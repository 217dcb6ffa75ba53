// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adam and AdaGrad against their formulas in double, over several steps. */
class OptimiserKernelsTest {

  private static final int STEPS = 4;
  private static final double RATE = 0.1;

  @ParameterizedTest
  @CsvSource({"1,0", "37,0", "64,0.01", "200003,1e-4"})
  void adamFollowsItsFormulaOverAllElements(int n, double decay) {
    RandomMatrices random = new RandomMatrices(n);
    float[] start = random.dense(n);
    float[] g = random.dense(n * STEPS);
    AdamOracle oracle = new AdamOracle(start);
    for (int step = 1; step <= STEPS; step++) {
      for (int i = 0; i < n; i++) {
        oracle.step(AdamStep.of(RATE, decay, step), i, g[(step - 1) * n + i]);
      }
    }
    oracle.assertAllAgree(
        start,
        (kernels, p, m, v) -> {
          for (int step = 1; step <= STEPS; step++) {
            float[] own = Arrays.copyOfRange(g, (step - 1) * n, step * n);
            kernels.adam(AdamStep.of(RATE, decay, step), n, own, p, m, v);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 17, 64})
  void adamOfSomeRowsLeavesTheOthersAndTheirMomentsAlone(int d) {
    int rows = 5000;
    int count = 3000;
    RandomMatrices random = new RandomMatrices(d);
    float[] start = random.dense(rows * d);
    int[][] index = new int[STEPS][];
    float[][] g = new float[STEPS][];
    AdamOracle oracle = new AdamOracle(start);
    for (int step = 1; step <= STEPS; step++) {
      index[step - 1] = random.indices(count, rows, true);
      g[step - 1] = random.dense(count * d);
      for (int b = 0; b < count; b++) {
        for (int k = 0; k < d; k++) {
          int at = index[step - 1][b] * d + k;
          oracle.step(AdamStep.of(RATE, 0.01, step), at, g[step - 1][b * d + k]);
        }
      }
    }
    oracle.assertAllAgree(
        start,
        (kernels, p, m, v) -> {
          for (int step = 1; step <= STEPS; step++) {
            AdamStep adam = AdamStep.of(RATE, 0.01, step);
            kernels.adamRows(adam, index[step - 1], count, d, g[step - 1], p, m, v);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 17, 64})
  void adaGradOfAllAndOfSomeRowsFollowsItsFormula(int d) {
    int rows = 3000;
    RandomMatrices random = new RandomMatrices(d);
    float[] start = random.dense(rows * d);
    float[] g = random.dense(rows * d);
    int[] index = random.indices(rows / 2, rows, true);
    double[] p = doubles(start);
    double[] accumulators = new double[rows];
    for (int r = 0; r < rows; r++) {
      adaGrad(r, d, g, r, p, accumulators);
    }
    for (int b = 0; b < index.length; b++) {
      adaGrad(index[b], d, g, b, p, accumulators);
    }
    AllLoops.assertAllAgree(
        p,
        magnitude(start),
        kernels -> {
          float[] out = start.clone();
          float[] sums = new float[rows];
          kernels.adaGradAll(rows, d, (float) RATE, g, out, sums);
          kernels.adaGradRows(index, index.length, d, (float) RATE, g, out, sums);
          return out;
        });
  }

  private static void adaGrad(int row, int d, float[] g, int gRow, double[] p, double[] sums) {
    double squares = 0;
    for (int k = 0; k < d; k++) {
      squares += (double) g[gRow * d + k] * g[gRow * d + k];
    }
    sums[row] += squares / d;
    for (int k = 0; k < d; k++) {
      p[row * d + k] -= RATE * g[gRow * d + k] / (Math.sqrt(sums[row]) + 1e-8);
    }
  }

  private static double[] doubles(float[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    return out;
  }

  /** A parameter is the sum of where it began and of steps that are about the rate each. */
  private static double[] magnitude(float[] start) {
    double[] out = doubles(start);
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.abs(out[i]) + STEPS * RATE;
    }
    return out;
  }

  /** Steps of one implementation. */
  @FunctionalInterface
  private interface Steps {
    void take(Kernels kernels, float[] p, float[] m, float[] v);
  }

  private static final class AdamOracle {
    private final double[] p;
    private final double[] m;
    private final double[] v;

    AdamOracle(float[] start) {
      p = doubles(start);
      m = new double[p.length];
      v = new double[p.length];
    }

    void step(AdamStep s, int i, double g) {
      p[i] -= s.rate() * s.decay() * p[i];
      m[i] = s.beta1() * m[i] + (1 - s.beta1()) * g;
      v[i] = s.beta2() * v[i] + (1 - s.beta2()) * g * g;
      double first = m[i] / (1 - Math.pow(s.beta1(), s.number()));
      double second = v[i] / (1 - Math.pow(s.beta2(), s.number()));
      p[i] -= s.rate() * first / (Math.sqrt(second) + s.epsilon());
    }

    void assertAllAgree(float[] start, Steps steps) {
      AllLoops.assertAllAgree(
          p,
          magnitude(start),
          kernels -> {
            float[] out = start.clone();
            steps.take(kernels, out, new float[p.length], new float[p.length]);
            return out;
          });
    }
  }
}
