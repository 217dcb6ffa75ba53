// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Exact search for the rows of a matrix with the highest inner products, for many vectors at once.
 * Blocks of vectors are multiplied with the whole matrix through OpenBLAS, outside the heap, and
 * each vector's scores pass a heap of k; the full table of scores never exists.
 */
public final class InnerProductSearch {

  /** Vectors of one product: enough to make its packing of the matrix cheap. */
  private static final int BLOCK = 64;

  /** Bound on the scores of one product, for matrices of many rows: 16 MiB a thread. */
  private static final int MAX_SCORES = 1 << 22;

  private InnerProductSearch() {}

  /**
   * The {@code k} best rows of {@code matrix} for some of the {@code vectors}.
   *
   * @param kernels whose threads share the work
   * @param d values per row
   * @param vectors [.,d], flat
   * @param index which vectors to search for
   * @param matrix [n,d], flat
   * @param excluded rows of {@code matrix} (columns here) that a vector (a row here) must not find
   * @return [index.length,k], flat: rows of {@code matrix}, best first and the lower one first
   *     among equals; -1 where fewer than k qualify. NaN and negative infinity never do.
   */
  public static int[] topK(
      Kernels kernels,
      int k,
      int d,
      float[] vectors,
      int[] index,
      float[] matrix,
      SparseRows excluded) {
    int n = matrix.length / d;
    int[] top = new int[Math.multiplyExact(index.length, k)];
    Arrays.fill(top, -1);
    if (n == 0) {
      return top;
    }
    try (FloatPointer rows = new FloatPointer(matrix.length)) {
      rows.put(matrix, 0, n * d);
      kernels.forRange(
          index.length,
          (from, to) -> {
            try (Block block = new Block(n, d, rows)) {
              int[] found = new int[k];
              float[] scores = new float[k];
              for (int at = from; at < to; at += block.capacity) {
                int size = Math.min(block.capacity, to - at);
                block.multiply(vectors, index, at, size);
                for (int b = 0; b < size; b++) {
                  float[] all = block.scores(b);
                  exclude(excluded, index[at + b], all);
                  int count = kernels.topK(all, n, k, found, scores);
                  System.arraycopy(found, 0, top, (at + b) * k, count);
                }
              }
            }
          });
    }
    return top;
  }

  private static void exclude(SparseRows excluded, int row, float[] scores) {
    for (int p = excluded.start(row); p < excluded.start(row + 1); p++) {
      scores[excluded.column(p)] = Float.NEGATIVE_INFINITY;
    }
  }

  /** Scores of a block of vectors, [capacity,n], and the memory for them. */
  private static final class Block implements AutoCloseable {
    final int capacity;
    private final int n;
    private final int d;
    private final FloatPointer matrix;
    private final FloatPointer vectors;
    private final FloatPointer products;
    private final float[] row;

    Block(int n, int d, FloatPointer matrix) {
      this.capacity = Math.max(1, Math.min(BLOCK, MAX_SCORES / n));
      this.n = n;
      this.d = d;
      this.matrix = matrix;
      this.vectors = new FloatPointer((long) capacity * d);
      this.products = new FloatPointer((long) capacity * n);
      this.row = new float[n];
    }

    void multiply(float[] from, int[] index, int at, int size) {
      for (int b = 0; b < size; b++) {
        vectors.position((long) b * d).put(from, index[at + b] * d, d);
      }
      vectors.position(0);
      products.position(0);
      cblas_sgemm(
          CblasRowMajor,
          CblasNoTrans,
          CblasTrans,
          size,
          n,
          d,
          1f,
          vectors,
          d,
          matrix,
          d,
          0f,
          products,
          n);
    }

    float[] scores(int b) {
      products.position((long) b * n).get(row, 0, n);
      return row;
    }

    @Override
    public void close() {
      vectors.position(0).deallocate();
      products.position(0).deallocate();
    }
  }
}
