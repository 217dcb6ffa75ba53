// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import java.util.Arrays;
import java.util.Random;

/**
 * Fits the cells of a {@link CoarseQuantiser} to a sample of rows, by k-means on two levels and a
 * bounded piece of work at a time. Cells are dealt out to the upper level by its shares of rows.
 */
final class CoarseFit {

  /** Rows to sample for a cell. */
  static final int ROWS_PER_CELL = 30;

  /** Of a sample smaller than wished for: cells of fewer rows say nothing. */
  private static final int LEAST_ROWS_PER_CELL = 4;

  private static final int ROUNDS = 6;

  /** One row in so many lies far from every centroid. */
  private static final int ROWS_PER_FAR_ONE = 1024;

  /** How many times its even share of cells one part of the upper level may get. */
  private static final int LARGEST_SHARE = 4;

  private final Kernels kernels;
  private final RowLoops loops;
  private final float[] columnWeights;
  private final int width;
  private final float[] sample;
  private final int size;
  private final int cells;
  private final Random random;
  private final Lloyd upper;

  // Once the upper level is fitted: its parts' rows, and the cells of each.
  private int[][] parts;
  private float[][] lower;
  private int part;
  private final float[] halfDistances;
  private int measured;
  private Lloyd ofPart;

  /**
   * @param columnWeights by which columns are multiplied before distances are taken
   * @param sample [size,width], flat; its columns are weighed here
   * @param cells how many to make of it, at most
   */
  CoarseFit(
      Kernels kernels,
      RowLoops loops,
      float[] columnWeights,
      float[] sample,
      int size,
      int cells,
      long seed) {
    this.kernels = kernels;
    this.loops = loops;
    this.columnWeights = columnWeights;
    this.width = columnWeights.length;
    this.sample = sample;
    this.size = size;
    this.cells = Math.max(1, Math.min(cells, size / LEAST_ROWS_PER_CELL));
    this.random = new Random(seed);
    this.halfDistances = new float[size];
    for (int i = 0; i < size * width; i++) {
      sample[i] *= columnWeights[i % width];
    }
    int[] all = new int[size];
    Arrays.setAll(all, i -> i);
    int k = Math.min(size, Math.max(1, (int) Math.sqrt(this.cells / 2.0)));
    this.upper = new Lloyd(kernels, width, sample, all, k, ROUNDS, random);
  }

  /** Does about a thousandth of a second's work; false when there was nothing left to do. */
  boolean step() {
    if (size == 0) {
      return false;
    }
    if (parts == null) {
      if (!upper.step()) {
        divide();
      }
      return true;
    }
    while (part < parts.length) {
      if (ofPart == null) {
        ofPart = new Lloyd(kernels, width, sample, parts[part], cellsOf(part), ROUNDS, random);
      }
      if (ofPart.step()) {
        return true;
      }
      lower[part++] = ofPart.centroids();
      float[] distances = ofPart.halfDistances();
      System.arraycopy(distances, 0, halfDistances, measured, distances.length);
      measured += distances.length;
      ofPart = null;
    }
    return false;
  }

  /** What {@link #step} has fitted, when it has come to its end. */
  CoarseQuantiser quantiser() {
    if (size == 0) {
      float[] one = new float[width];
      return new CoarseQuantiser(loops, columnWeights, one, new float[][] {one}, 0);
    }
    Arrays.sort(halfDistances);
    float far = halfDistances[size - 1 - size / ROWS_PER_FAR_ONE];
    return new CoarseQuantiser(loops, columnWeights, occupied(), lower, far);
  }

  private void divide() {
    int k = upper.centroids().length / width;
    int[] counts = new int[k];
    for (int above : upper.nearest()) {
      counts[above]++;
    }
    int[] place = new int[k];
    int filled = 0;
    for (int above = 0; above < k; above++) {
      place[above] = counts[above] > 0 ? filled++ : -1;
    }
    parts = new int[filled][];
    for (int above = 0; above < k; above++) {
      if (place[above] >= 0) {
        parts[place[above]] = new int[counts[above]];
      }
    }
    int[] at = new int[filled];
    for (int row = 0; row < size; row++) {
      int to = place[upper.nearest()[row]];
      parts[to][at[to]++] = row;
    }
    lower = new float[filled][];
  }

  private int cellsOf(int part) {
    int rows = parts[part].length;
    long share = Math.round((double) cells * rows / size);
    long most = Math.max(1, (long) LARGEST_SHARE * cells / parts.length);
    return (int) Math.min(rows, Math.max(1, Math.min(share, most)));
  }

  /** The upper centroids that some row is nearest to. */
  private float[] occupied() {
    float[] centroids = new float[parts.length * width];
    for (int p = 0; p < parts.length; p++) {
      int above = upper.nearest()[parts[p][0]];
      System.arraycopy(upper.centroids(), above * width, centroids, p * width, width);
    }
    return centroids;
  }
}
