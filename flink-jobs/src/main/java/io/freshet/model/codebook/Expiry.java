// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import io.freshet.kernel.Kernels;
import io.freshet.model.SplitMix;
import java.util.Arrays;

/** Finds the codes that hardly any vector has, and puts them where vectors are. */
final class Expiry {

  private final int levels;
  private final int codes;
  private final DecayedCodes decayed;
  private final double[] thresholds;
  private final boolean[] dying;
  private final int[] dead;
  private final int[] expired;

  /** Looks at the codes as they stand after a step. */
  Expiry(CodebookOptions options, DecayedCodes decayed) {
    this.levels = options.levels();
    this.codes = options.codes();
    this.decayed = decayed;
    this.thresholds = new double[levels];
    this.dying = new boolean[levels * codes];
    this.dead = new int[levels];
    this.expired = new int[levels];
    for (int l = 0; l < levels; l++) {
      thresholds[l] = options.expireBelow() * decayed.total(l) / codes;
      for (int slot = l * codes; slot < (l + 1) * codes; slot++) {
        dying[slot] = decayed.counts()[slot] < thresholds[l];
        dead[l] += dying[slot] ? 1 : 0;
      }
    }
  }

  /** Codes under the threshold, by level. */
  int[] dead() {
    return dead;
  }

  /** Of these, those that {@link #replace} has replaced. */
  int[] expired() {
    return expired;
  }

  /**
   * Replaces them by what vectors of a sample leave to their level, each drawn anew: by the mean of
   * the drawn one and those of the sample nearest to it, a quarter of what a code has where all
   * have the same. One alone, in many dimensions, would be far from all others and have no vector
   * but its own.
   *
   * @param books by which the levels above choose
   * @param centroids receives the new codes
   * @param x [n,dim] and what may follow
   */
  void replace(Codebooks books, float[] centroids, float[] x, int n, SplitMix random) {
    int dim = books.dim();
    int[] paths = new int[n * levels];
    new ResidualQuantiser(books).assign(x, n, paths);
    float[] residuals = Arrays.copyOf(x, n * dim);
    int near = Math.max(1, n / (4 * codes));
    for (int l = 0; l < levels && n > 0; l++) {
      for (int k = 0; k < codes; k++) {
        int slot = l * codes + k;
        if (dying[slot]) {
          float[] mean = meanAround(random.nextInt(n), near, residuals, n, dim);
          decayed.replace(l, k, thresholds[l], mean, 0);
          System.arraycopy(mean, 0, centroids, slot * dim, dim);
          expired[l]++;
        }
      }
      for (int i = 0; i < n; i++) {
        int at = books.offset(l, paths[i * levels + l]);
        for (int c = 0; c < dim; c++) {
          residuals[i * dim + c] -= books.centroids()[at + c];
        }
      }
    }
  }

  private static float[] meanAround(int drawn, int near, float[] rows, int n, int dim) {
    float[] closeness = new float[n];
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < dim; c++) {
        float apart = rows[i * dim + c] - rows[drawn * dim + c];
        closeness[i] -= apart * apart;
      }
    }
    int[] nearest = new int[near];
    int found = Kernels.cpu().select(closeness, n, near, nearest);
    float[] mean = new float[dim];
    for (int i = 0; i < found; i++) {
      for (int c = 0; c < dim; c++) {
        mean[c] += rows[nearest[i] * dim + c] / found;
      }
    }
    return mean;
  }
}
