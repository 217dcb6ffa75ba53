// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CpuKernelsTest {

  private static final float EXCLUDED = Float.NEGATIVE_INFINITY;

  private final Kernels kernels = Kernels.cpu();

  @Test
  void dotAndAxpyReachEveryValueOfAnyLength() {
    for (int n = 0; n <= 9; n++) {
      float[] x = {9, 1, 2, 3, 4, 5, 6, 7, 8, 9};
      float[] y = {9, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 9};
      assertThat(kernels.dot(n, x, 1, y, 2)).isEqualTo(n * (n + 1) / 2f);
      kernels.axpy(n, 2, x, 1, y, 2);
      for (int i = 0; i < n; i++) {
        assertThat(y[2 + i]).isEqualTo(1 + 2 * (i + 1));
      }
      assertThat(y[1]).isEqualTo(9);
      assertThat(y[2 + n]).isEqualTo(n == 9 ? 9 : 1);
    }
  }

  @Test
  void adaGradDividesByTheRootOfTheSummedMeanSquare() {
    float[] x = {0, 1, 1};
    float[] g = {3, 4};
    float acc = kernels.adaGrad(2, 0.5f, g, 0, x, 1, 3.5f);
    assertThat(acc).isEqualTo(16f);
    assertThat(x).containsExactly(0, 1 - 0.5f * 3 / 4, 1 - 0.5f);
    assertThat(g).containsExactly(3, 4);
  }

  @Test
  void adaGradLeavesARowWithoutGradientAlone() {
    float[] x = {1};
    assertThat(kernels.adaGrad(1, 0.5f, new float[] {0}, 0, x, 0, 0)).isZero();
    assertThat(x).containsExactly(1);
  }

  @Test
  void amongEqualScoresTheLowerIndexIsSelected() {
    assertThat(top(3, 1, 2, 2, 1, 2, 2)).containsExactly(1, 2, 4);
    assertThat(top(4, 1, 1, 1, 1, 1, 2)).containsExactly(5, 0, 1, 2);
  }

  @Test
  void excludedAndUndefinedScoresAreNeverSelected() {
    assertThat(top(5, EXCLUDED, 1, Float.NaN, 3, EXCLUDED)).containsExactly(3, 1);
    assertThat(top(1, Float.NaN, EXCLUDED)).isEmpty();
    assertThat(top(0, 1, 2)).isEmpty();
    assertThat(top(1, EXCLUDED, Float.POSITIVE_INFINITY, 2)).containsExactly(1);
  }

  @Test
  void topKAgreesWithASortOnRandomScoresFullOfTies() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      float[] scores = new float[1 + random.nextInt(60)];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = random.nextInt(8) == 0 ? EXCLUDED : random.nextInt(10);
      }
      int k = 1 + random.nextInt(20);
      int[] expected =
          IntStream.range(0, scores.length)
              .filter(i -> scores[i] != EXCLUDED)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -scores[i]))
              .limit(k)
              .mapToInt(i -> i)
              .toArray();
      assertThat(top(k, scores)).containsExactly(expected);
    }
  }

  @Test
  void rankCountsHigherScoresAndTiesThatCameEarlier() {
    float[] scores = {5, 3, 3, 7, 3, EXCLUDED, Float.NaN};
    assertThat(kernels.rank(scores, 7, 3)).isEqualTo(1);
    assertThat(kernels.rank(scores, 7, 0)).isEqualTo(2);
    assertThat(kernels.rank(scores, 7, 1)).isEqualTo(3);
    assertThat(kernels.rank(scores, 7, 2)).isEqualTo(4);
    assertThat(kernels.rank(scores, 7, 4)).isEqualTo(5);
    assertThat(kernels.rank(scores, 3, 2)).isEqualTo(3);
  }

  @Test
  void whatIsExcludedHasNoRank() {
    float[] scores = {EXCLUDED, 1, Float.NaN};
    assertThat(kernels.rank(scores, 3, 0)).isZero();
    assertThat(kernels.rank(scores, 3, 2)).isZero();
    assertThat(kernels.rank(scores, 3, 1)).isEqualTo(1);
  }

  @Test
  void dotAgreesWithDoubleArithmetic() {
    Random random = new Random(3);
    float[] x = new float[64];
    double expected = 0;
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat() - 0.5f;
      expected += (double) x[i] * x[i];
    }
    assertThat((double) kernels.dot(64, x, 0, x, 0)).isCloseTo(expected, within(1e-5));
  }

  private int[] top(int k, float... scores) {
    int[] index = new int[k];
    float[] score = new float[k];
    int found = kernels.topK(scores, scores.length, k, index, score);
    for (int i = 0; i < found; i++) {
      assertThat(score[i]).isEqualTo(scores[index[i]]);
    }
    return Arrays.copyOf(index, found);
  }
}
