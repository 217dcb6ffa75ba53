// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseScorerTest {

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "5, 1, 3", "64, 700, 1", "66, 513, 2", "17, 1500, 70", "8, 512, 64"})
  void scoresAreTheInnerProductsOfPlainLoops(int width, int rows, int batch) {
    // The small bound forces several passes over the batch.
    try (DenseScorer scorer = Kernels.cpu().newDenseScorer(width, 4096)) {
      float[] matrix = random(rows * width, 1);
      float[] vectors = random(batch * width, 2);
      for (int r = 0; r < rows; r++) {
        scorer.put(r, matrix, r * width);
      }
      int[] seen = {0};
      scorer.score(
          vectors,
          batch,
          rows,
          (vector, scored) -> {
            assertThat(vector).isEqualTo(seen[0]++);
            for (int r = 0; r < rows; r++) {
              assertThat(scored.scores()[r])
                  .isCloseTo(dot(width, matrix, r * width, vectors, vector * width), within(1e-4f));
            }
          });
      assertThat(seen[0]).isEqualTo(batch);
    }
  }

  @Test
  void aRowThatIsPutAgainReplacesTheOldOneAndOthersStay() {
    try (DenseScorer scorer = Kernels.cpu().newDenseScorer(2, 1000)) {
      scorer.put(0, new float[] {1, 2}, 0);
      scorer.put(1, new float[] {3, 4}, 0);
      scorer.put(0, new float[] {9, 5, 6}, 1);
      assertThat(scores(scorer, 2, 1, 1)).containsExactly(11, 7);
    }
  }

  @Test
  void rowsKeepTheirValuesWhileTheMatrixGrows() {
    try (DenseScorer scorer = Kernels.cpu().newDenseScorer(1, 100)) {
      for (int r = 0; r < 3000; r++) {
        scorer.put(r, new float[] {r}, 0);
        if (r % 500 == 0) {
          assertThat(scores(scorer, r + 1, 2)[r]).isEqualTo(2f * r);
        }
      }
      float[] all = scores(scorer, 3000, 1);
      for (int r = 0; r < 3000; r++) {
        assertThat(all[r]).isEqualTo(r);
      }
    }
  }

  @Test
  void rowsThatWereNeverPutScoreZero() {
    try (DenseScorer scorer = Kernels.cpu().newDenseScorer(1, 100)) {
      scorer.put(600, new float[] {1}, 0);
      float[] scores = scores(scorer, 601, 3);
      assertThat(scores[599]).isZero();
      assertThat(scores[600]).isEqualTo(3);
    }
  }

  @Test
  void aMaskOfNegativeInfinityReachesTheScore() {
    try (DenseScorer scorer = Kernels.cpu().newDenseScorer(2, 100)) {
      scorer.put(0, new float[] {5, Float.NEGATIVE_INFINITY}, 0);
      scorer.put(1, new float[] {5, 0}, 0);
      assertThat(scores(scorer, 2, 1, 1)).containsExactly(Float.NEGATIVE_INFINITY, 5);
    }
  }

  @Test
  void memoryOutsideTheHeapIsReported() {
    try (DenseScorer scorer = Kernels.cpu().newDenseScorer(64, 100)) {
      long empty = scorer.offHeapBytes();
      scorer.put(1000, new float[64], 0);
      assertThat(scorer.offHeapBytes() - empty).isEqualTo(2L * 512 * 64 * Float.BYTES);
    }
  }

  @Test
  void aWidthOfZeroIsRefused() {
    assertThatThrownBy(() -> Kernels.cpu().newDenseScorer(0, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("width");
  }

  private static float[] scores(DenseScorer scorer, int rows, float... vector) {
    float[] out = new float[rows];
    scorer.score(
        vector, 1, rows, (b, scored) -> System.arraycopy(scored.scores(), 0, out, 0, rows));
    return out;
  }

  private static float dot(int n, float[] x, int xAt, float[] y, int yAt) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (double) x[xAt + i] * y[yAt + i];
    }
    return (float) sum;
  }

  private static float[] random(int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }
}
