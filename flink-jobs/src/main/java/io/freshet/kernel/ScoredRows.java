// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

/**
 * The rows of a matrix that a {@link DenseScorer} looked at for one vector, and their scores. Valid
 * until the scorer is used again.
 */
public interface ScoredRows {

  /** Of a vector for which nothing was looked at. */
  ScoredRows NONE = all(new float[0], 0);

  /** All of the first {@code n} rows: a row's place is its index. */
  static ScoredRows all(float[] scores, int n) {
    return new AllRows(scores, n);
  }

  /** How many rows were looked at. */
  int count();

  /** {@code [0, count)} holds one score per place; may be overwritten. */
  float[] scores();

  /** The row at a place. */
  int row(int place);

  /** The place of a row, or -1 if it was not looked at. */
  int place(int row);

  /** The score of a row, whether it was looked at or not. */
  float of(int row);
}
