// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

/**
 * Says which cell a row belongs to: the one whose centroid is nearest among those below the nearest
 * centroid of an upper level, so that 2,048 cells cost a row less than a hundred distances. Rows
 * that are far from it, which the mean of a cell would not show, have a cell of their own.
 */
final class CoarseQuantiser {

  /** The cell of the rows that are far from every centroid. */
  static final int FAR = 0;

  private final RowLoops loops;
  private final int width;
  private final float[] columnWeights;
  private final float[] upper;
  private final float[] upperHalfNorms;
  private final float[] lower;
  private final float[] lowerHalfNorms;
  private final int[] start;
  private final float far;
  private float highest;
  private final float[] weighed;
  private final float[] products;

  /**
   * @param columnWeights by which a row's columns are multiplied before distances are taken
   * @param upper [k,width], flat
   * @param lower for each of them [.,width], flat: the centroids of its cells
   * @param far half the squared distance beyond which a row is far from its centroid
   */
  CoarseQuantiser(
      RowLoops loops, float[] columnWeights, float[] upper, float[][] lower, float far) {
    this.loops = loops;
    this.width = columnWeights.length;
    this.columnWeights = columnWeights;
    this.upper = upper;
    this.far = far;
    this.start = new int[lower.length + 1];
    int widest = lower.length;
    for (int u = 0; u < lower.length; u++) {
      int cells = lower[u].length / width;
      start[u + 1] = start[u] + cells;
      widest = Math.max(widest, cells);
    }
    this.lower = new float[start[lower.length] * width];
    for (int u = 0; u < lower.length; u++) {
      System.arraycopy(lower[u], 0, this.lower, start[u] * width, lower[u].length);
    }
    this.upperHalfNorms = halfNorms(upper);
    this.lowerHalfNorms = halfNorms(this.lower);
    this.weighed = new float[width];
    this.products = new float[widest];
  }

  int cells() {
    return 1 + start[start.length - 1];
  }

  /** The cell of a row. */
  int cell(float[] row, int offset) {
    for (int i = 0; i < width; i++) {
      weighed[i] = row[offset + i] * columnWeights[i];
    }
    int above = nearest(upper, upperHalfNorms, 0, upperHalfNorms.length);
    int cell = nearest(lower, lowerHalfNorms, start[above], start[above + 1]);
    float halfDistance = loops.dot(width, weighed, 0, weighed, 0) / 2 - highest;
    return halfDistance > far ? FAR : 1 + cell;
  }

  /** {@code argmin |x - c|^2 = argmax <x, c> - |c|^2 / 2}. */
  private int nearest(float[] centroids, float[] halfNorms, int from, int to) {
    loops.dots(to - from, width, centroids, from, weighed, 0, products, 0);
    int best = from;
    highest = Float.NEGATIVE_INFINITY;
    for (int c = from; c < to; c++) {
      float value = products[c - from] - halfNorms[c];
      if (value > highest) {
        highest = value;
        best = c;
      }
    }
    return best;
  }

  private float[] halfNorms(float[] centroids) {
    float[] norms = new float[centroids.length / width];
    for (int c = 0; c < norms.length; c++) {
      norms[c] = loops.dot(width, centroids, c * width, centroids, c * width) / 2;
    }
    return norms;
  }
}
