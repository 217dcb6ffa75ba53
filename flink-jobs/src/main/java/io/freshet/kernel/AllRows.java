// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

/** Scores by row. */
record AllRows(float[] scores, int count) implements ScoredRows {

  @Override
  public int row(int place) {
    return place;
  }

  @Override
  public int place(int row) {
    return row < count ? row : -1;
  }

  @Override
  public float of(int row) {
    return scores[row];
  }
}
