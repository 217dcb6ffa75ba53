// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import io.freshet.model.SplitMix;
import java.util.Arrays;

/**
 * Books fitted to a sample from nothing: at each level k-means over what the levels above left,
 * started by k-means++ (Arthur and Vassilvitskii, SODA 2007) and moved by Lloyd's rounds.
 */
final class FirstFit {

  private static final int ROUNDS = 12;

  private final int codes;
  private final int dim;
  private final int n;
  private final float[] residuals;
  private final SplitMix random;
  private final int[] nearest;
  private final double[] distances;

  private FirstFit(CodebookOptions options, int dim, float[] samples, int n) {
    this.codes = options.codes();
    this.dim = dim;
    this.n = n;
    this.residuals = Arrays.copyOf(samples, n * dim);
    this.random = new SplitMix(options.seed());
    this.nearest = new int[n];
    this.distances = new double[n];
  }

  /**
   * The codes, [levels,codes,dim].
   *
   * @param samples [n,dim] and what may follow, with n at least 1
   */
  static float[] centroids(CodebookOptions options, int dim, float[] samples, int n) {
    FirstFit fit = new FirstFit(options, dim, samples, n);
    float[] centroids = new float[options.levels() * options.codes() * dim];
    for (int l = 0; l < options.levels(); l++) {
      fit.level(centroids, l * options.codes() * dim);
    }
    return centroids;
  }

  private void level(float[] centroids, int offset) {
    start(centroids, offset);
    for (int round = 0; round < ROUNDS; round++) {
      assign(centroids, offset);
      move(centroids, offset);
    }
    assign(centroids, offset);
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < dim; c++) {
        residuals[i * dim + c] -= centroids[offset + nearest[i] * dim + c];
      }
    }
  }

  /** Each next one is drawn in proportion to the squared distance from those that are there. */
  private void start(float[] centroids, int offset) {
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    int drawn = random.nextInt(n);
    for (int k = 0; k < codes; k++) {
      System.arraycopy(residuals, drawn * dim, centroids, offset + k * dim, dim);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        distances[i] = Math.min(distances[i], distance(i, centroids, offset + k * dim));
        sum += distances[i];
      }
      double left = random.nextFloat() * sum;
      drawn = random.nextInt(n);
      for (int i = 0; i < n && sum > 0; i++) {
        left -= distances[i];
        if (left < 0) {
          drawn = i;
          break;
        }
      }
    }
  }

  private void assign(float[] centroids, int offset) {
    for (int i = 0; i < n; i++) {
      distances[i] = Double.POSITIVE_INFINITY;
      for (int k = 0; k < codes; k++) {
        double distance = distance(i, centroids, offset + k * dim);
        if (distance < distances[i]) {
          distances[i] = distance;
          nearest[i] = k;
        }
      }
    }
  }

  /** A code that nothing is nearest to goes to the vector that is farthest from its own. */
  private void move(float[] centroids, int offset) {
    double[] sums = new double[codes * dim];
    int[] counts = new int[codes];
    for (int i = 0; i < n; i++) {
      counts[nearest[i]]++;
      for (int c = 0; c < dim; c++) {
        sums[nearest[i] * dim + c] += residuals[i * dim + c];
      }
    }
    for (int k = 0; k < codes; k++) {
      if (counts[k] == 0) {
        int farthest = farthest();
        System.arraycopy(residuals, farthest * dim, centroids, offset + k * dim, dim);
        distances[farthest] = 0;
        continue;
      }
      for (int c = 0; c < dim; c++) {
        centroids[offset + k * dim + c] = (float) (sums[k * dim + c] / counts[k]);
      }
    }
  }

  private int farthest() {
    int farthest = 0;
    for (int i = 1; i < n; i++) {
      if (distances[i] > distances[farthest]) {
        farthest = i;
      }
    }
    return farthest;
  }

  private double distance(int i, float[] centroids, int at) {
    double sum = 0;
    for (int c = 0; c < dim; c++) {
      double difference = residuals[i * dim + c] - centroids[at + c];
      sum += difference * difference;
    }
    return sum;
  }
}
