// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import java.util.Arrays;

/**
 * The moving averages from which codes are made (EMA, van den Oord et al. 2017, appendix A.1), for
 * a level: count and sum of the residuals of each code, each re-fit adding its share to what is
 * left of the earlier ones.
 *
 * <pre>{@code
 * count <- g count + (1 - g) n
 * sum   <- g sum + (1 - g) (sum of the assigned residuals)
 * C     =  sum / ((count + e) / (total + K e) total), total = the sum of the counts, e = 1e-5
 * }</pre>
 *
 * A code under a threshold is replaced and counts as much as the threshold from then on.
 */
final class DecayedCodes {

  private static final double LAPLACE = 1e-5;

  private final int levels;
  private final int codes;
  private final int dim;
  private final double[] counts;
  private final double[] sums;

  DecayedCodes(int levels, int codes, int dim) {
    this(levels, codes, dim, new double[levels * codes], new double[levels * codes * dim]);
  }

  /** The arrays are taken over. */
  DecayedCodes(int levels, int codes, int dim, double[] counts, double[] sums) {
    this.levels = levels;
    this.codes = codes;
    this.dim = dim;
    this.counts = counts;
    this.sums = sums;
  }

  /** As if codes that stand here had that many vectors each. */
  static DecayedCodes at(int levels, int codes, int dim, double[] counts, float[] centroids) {
    double[] sums = new double[centroids.length];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = counts[i / dim] * centroids[i];
    }
    return new DecayedCodes(levels, codes, dim, counts.clone(), sums);
  }

  DecayedCodes copy() {
    return new DecayedCodes(levels, codes, dim, counts.clone(), sums.clone());
  }

  /** [levels,codes]; live. */
  double[] counts() {
    return counts;
  }

  /** [levels,codes,dim]; live. */
  double[] sums() {
    return sums;
  }

  /**
   * One step of the averages.
   *
   * @param n [levels,codes], weights by code
   * @param residuals [levels,codes,dim], their sums
   */
  void step(double decay, float[] n, float[] residuals) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = decay * counts[i] + (1 - decay) * n[i];
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = decay * sums[i] + (1 - decay) * residuals[i];
    }
  }

  /** Sum of the counts of a level. */
  double total(int level) {
    double total = 0;
    for (int k = 0; k < codes; k++) {
      total += counts[level * codes + k];
    }
    return total;
  }

  /** Puts a code where a residual is, which counts so much from now on. */
  void replace(int level, int code, double count, float[] from, int offset) {
    int slot = level * codes + code;
    counts[slot] = count;
    for (int i = 0; i < dim; i++) {
      sums[slot * dim + i] = count * from[offset + i];
    }
  }

  /** The codes as they stand, [levels,codes,dim]; one that never had a vector is at zero. */
  float[] centroids() {
    float[] centroids = new float[sums.length];
    for (int l = 0; l < levels; l++) {
      double total = total(l);
      for (int k = 0; k < codes; k++) {
        int slot = l * codes + k;
        double smoothed = (counts[slot] + LAPLACE) / (total + codes * LAPLACE) * total;
        for (int i = slot * dim; smoothed > 0 && i < (slot + 1) * dim; i++) {
          centroids[i] = (float) (sums[i] / smoothed);
        }
      }
    }
    return centroids;
  }

  /** Share of each code in its level, [levels,codes]. */
  float[] shares() {
    float[] shares = new float[counts.length];
    Arrays.fill(shares, 1f / codes);
    for (int l = 0; l < levels; l++) {
      double total = total(l);
      for (int k = 0; total > 0 && k < codes; k++) {
        shares[l * codes + k] = (float) (counts[l * codes + k] / total);
      }
    }
    return shares;
  }
}
