// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import io.freshet.model.SplitMix;

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
   * Replaces them by what vectors of a sample leave to their level, each by another vector.
   *
   * @param books by which the levels above choose
   * @param centroids receives the new codes
   * @param x [n,dim] and what may follow
   */
  void replace(Codebooks books, float[] centroids, float[] x, int n, SplitMix random) {
    int dim = books.dim();
    int[] paths = new int[n * levels];
    new ResidualQuantiser(books).assign(x, n, paths);
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    int used = 0;
    float[] residual = new float[dim];
    for (int slot = 0; slot < dying.length && used < n; slot++) {
      if (!dying[slot]) {
        continue;
      }
      int level = slot / codes;
      int drawn = used + random.nextInt(n - used);
      int sample = order[drawn];
      order[drawn] = order[used++];
      System.arraycopy(x, sample * dim, residual, 0, dim);
      for (int l = 0; l < level; l++) {
        int at = books.offset(l, paths[sample * levels + l]);
        for (int i = 0; i < dim; i++) {
          residual[i] -= books.centroids()[at + i];
        }
      }
      decayed.replace(level, slot % codes, thresholds[level], residual, 0);
      System.arraycopy(residual, 0, centroids, slot * dim, dim);
      expired[level]++;
    }
  }
}
