// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import java.util.Arrays;
import java.util.Random;

/**
 * K-means by Lloyd's rounds over some rows of a matrix, a bounded piece of work at a time. A last
 * round says which centroid each row is nearest to and moves none.
 */
final class Lloyd {

  private static final int CHUNK = 1024;

  private final Kernels kernels;
  private final int width;
  private final float[] x;
  private final int[] members;
  private final int k;
  private final float[] centroids;
  private final int[] nearest;
  private final float[] halfDistances;
  private int roundsLeft;

  // Of the round at hand.
  private final float[] transposed;
  private final float[] halfNorms;
  private final float[] sums;
  private final int[] counts;
  private int next;

  private final float[] chunk;
  private final float[] products;

  /**
   * Starts from random members.
   *
   * @param x [.,width], flat
   * @param members rows of x
   * @param k centroids, no more than there are members
   * @param rounds in which centroids move
   */
  Lloyd(Kernels kernels, int width, float[] x, int[] members, int k, int rounds, Random random) {
    this.kernels = kernels;
    this.width = width;
    this.x = x;
    this.members = members;
    this.k = k;
    this.roundsLeft = rounds + 1;
    this.centroids = new float[k * width];
    this.nearest = new int[members.length];
    this.halfDistances = new float[members.length];
    this.transposed = new float[k * width];
    this.halfNorms = new float[k];
    this.sums = new float[k * width];
    this.counts = new int[k];
    this.chunk = new float[Math.min(CHUNK, members.length) * width];
    this.products = new float[Math.min(CHUNK, members.length) * k];
    int[] drawn = members.clone();
    for (int c = 0; c < k; c++) {
      int other = c + random.nextInt(drawn.length - c);
      System.arraycopy(x, drawn[other] * width, centroids, c * width, width);
      drawn[other] = drawn[c];
    }
  }

  /** Passes over up to {@value #CHUNK} rows; false when there was nothing left to do. */
  boolean step() {
    if (roundsLeft == 0) {
      return false;
    }
    if (next == 0) {
      begin();
    }
    int size = Math.min(CHUNK, members.length - next);
    for (int i = 0; i < size; i++) {
      System.arraycopy(x, members[next + i] * width, chunk, i * width, width);
    }
    kernels.gemm(size, width, k, chunk, transposed, products);
    for (int i = 0; i < size; i++) {
      int best = 0;
      float highest = Float.NEGATIVE_INFINITY;
      for (int c = 0; c < k; c++) {
        float value = products[i * k + c] - halfNorms[c];
        if (value > highest) {
          highest = value;
          best = c;
        }
      }
      nearest[next + i] = best;
      halfDistances[next + i] =
          kernels.dot(width, chunk, i * width, chunk, i * width) / 2 - highest;
      counts[best]++;
      kernels.axpy(width, 1, chunk, i * width, sums, best * width);
    }
    next += size;
    if (next == members.length) {
      end();
    }
    return true;
  }

  private void begin() {
    for (int c = 0; c < k; c++) {
      halfNorms[c] = kernels.dot(width, centroids, c * width, centroids, c * width) / 2;
      for (int i = 0; i < width; i++) {
        transposed[i * k + c] = centroids[c * width + i];
      }
    }
    Arrays.fill(sums, 0);
    Arrays.fill(counts, 0);
  }

  private void end() {
    next = 0;
    if (--roundsLeft == 0) {
      return;
    }
    for (int c = 0; c < k; c++) {
      // One that nothing is nearest to stays where it is.
      for (int i = c * width; counts[c] > 0 && i < (c + 1) * width; i++) {
        centroids[i] = sums[i] / counts[c];
      }
    }
  }

  /** [k,width], flat. */
  float[] centroids() {
    return centroids;
  }

  /** The centroid that each member is nearest to. */
  int[] nearest() {
    return nearest;
  }

  /** Half the squared distance of each member from it. */
  float[] halfDistances() {
    return halfDistances;
  }
}
