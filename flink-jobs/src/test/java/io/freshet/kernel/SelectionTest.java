// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Selection and top k against a sort, on scores of many shapes and lengths. */
class SelectionTest {

  private static final float NEVER = Float.NEGATIVE_INFINITY;

  static Stream<Arguments> scores() {
    Random random = new Random(5);
    return AllLoops.kernels()
        .flatMap(
            kernels ->
                Stream.of(
                    shape(kernels, "random", i -> random.nextGaussian()),
                    shape(kernels, "rising", i -> i),
                    shape(kernels, "falling", i -> -i),
                    shape(kernels, "all the same", i -> 3),
                    shape(kernels, "full of ties", i -> random.nextInt(6)),
                    shape(kernels, "zeros of both signs", i -> random.nextBoolean() ? 0.0 : -0.0),
                    shape(kernels, "high at every 128th", i -> i % 128 == 0 ? 9 + i : -i),
                    shape(kernels, "mostly none", i -> i % 97 == 0 ? -i : NEVER),
                    shape(kernels, "with NaN", i -> i % 3 == 0 ? Double.NaN : random.nextInt(99)),
                    shape(kernels, "extremes", i -> extreme(random.nextInt(6))),
                    shape(kernels, "nothing", i -> i % 2 == 0 ? Double.NaN : NEVER)));
  }

  private static Arguments shape(Kernels kernels, String name, DoubleUnaryOperator score) {
    return Arguments.of(kernels, name, score);
  }

  private static double extreme(int which) {
    return new double[] {
          Float.POSITIVE_INFINITY,
          NEVER,
          Float.MAX_VALUE,
          -Float.MAX_VALUE,
          Float.MIN_VALUE,
          Float.NaN
        }
        [which];
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("scores")
  void selectionIsTheFrontOfASortInTheOrderOfTheIndices(
      Kernels kernels, String name, DoubleUnaryOperator score) {
    Random random = new Random(6);
    for (int n : new int[] {0, 1, 2, 15, 16, 17, 200, 511, 512, 513, 1000, 4097, 40_000}) {
      float[] scores = new float[n + 3];
      Arrays.fill(scores, 1e9f); // what lies behind n is not looked at
      for (int i = 0; i < n; i++) {
        scores[i] = (float) score.applyAsDouble(i);
      }
      for (int k : new int[] {0, 1, 2, 20, 60, 1 + random.nextInt(n + 1), n, n + 1}) {
        int[] sorted =
            IntStream.range(0, n)
                .filter(i -> scores[i] > NEVER)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -(scores[i] + 0f)))
                .limit(k)
                .mapToInt(i -> i)
                .toArray();
        int[] index = new int[k];
        float[] values = new float[k];
        int size = kernels.topK(scores, n, k, index, values);
        assertThat(Arrays.copyOf(index, size)).as("top %d of %d", k, n).isEqualTo(sorted);
        for (int i = 0; i < size; i++) {
          assertThat(values[i]).isEqualTo(scores[index[i]]);
        }
        size = kernels.select(scores, n, k, index);
        Arrays.sort(sorted);
        assertThat(Arrays.copyOf(index, size)).as("%d of %d", k, n).isEqualTo(sorted);
      }
    }
  }
}
