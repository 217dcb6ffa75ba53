// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

/**
 * All rows of a matrix against a batch of vectors: {@code scores[b][r] = <row r, vector b>}. The
 * matrix is a copy on the device, so a caller that changes a row puts it again. Used by one thread.
 */
public interface DenseScorer extends AutoCloseable {

  /** Receives one vector's scores, which the next one's replace. */
  @FunctionalInterface
  interface Sink {
    /**
     * @param vector position of the vector in the batch
     * @param scored the rows looked at for it, all n of them where the scorer is exact
     */
    void accept(int vector, ScoredRows scored);
  }

  /**
   * Copies one row to the device; the matrix grows as needed and new rows in between are zero.
   *
   * @param row index of the row in the matrix
   * @param from holds the row's values from {@code offset} on
   */
  void put(int row, float[] from, int offset);

  /** Copies one row back, as it was put; zeros if it never was. */
  void get(int row, float[] into, int offset);

  /**
   * Scores the first {@code n} rows for each vector and hands the scores over in order.
   *
   * @param vectors {@code batch} vectors back to back
   * @param n rows to score; rows that were never put score zero
   */
  void score(float[] vectors, int batch, int n, Sink sink);

  /** Bytes held outside the heap. */
  long offHeapBytes();

  /** Releases the device memory; the scorer cannot be used afterwards. */
  @Override
  void close();
}
