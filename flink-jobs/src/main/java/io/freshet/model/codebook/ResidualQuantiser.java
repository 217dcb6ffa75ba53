// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import io.freshet.kernel.Kernels;
import io.freshet.model.SplitMix;
import java.util.Arrays;

/**
 * Assigns a code at each level (residual vector quantisation): {@code r_1 = x, c_l = argmin_k |r_l
 * - C_l[k]|^2, r_(l+1) = r_l - C_l[c_l]}, the lowest k on a tie. The distances of a batch are one
 * matrix product a level, but for those of a few vectors. Used by one thread.
 */
public final class ResidualQuantiser {

  private static final int BATCH = 1024;

  /** Fewer vectors are multiplied one by one: matrices would be copied for longer than that. */
  private static final int FEW = 16;

  private static final float LEAST_SCALE = 0.1f;

  private final Kernels kernels = Kernels.cpu();
  private final Codebooks books;
  private final int levels;
  private final int codes;
  private final int dim;

  // By level: the centroids [dim,codes], half their squared lengths, and what scales distances.
  private final float[][] transposed;
  private final float[][] halfNorms;
  private final float[][] scales;

  private float[] residuals = {};
  private float[] products = {};

  /**
   * Assigns by the distance alone.
   *
   * @throws IllegalArgumentException if the books are empty
   */
  public ResidualQuantiser(Codebooks books) {
    this(books, 0);
  }

  /**
   * Assigns by the distance, scaled by how full a code is where that is asked for: {@code argmin_k
   * |r - C[k]|^2 min(1, s K share_k)} (as in Streaming VQ, arXiv 2501.08695, section 3).
   *
   * @param fillScaling s; 0 for the distance alone
   * @throws IllegalArgumentException if the books are empty
   */
  public ResidualQuantiser(Codebooks books, float fillScaling) {
    if (books.isEmpty()) {
      throw new IllegalArgumentException("books without codes assign none");
    }
    this.books = books;
    this.levels = books.levels();
    this.codes = books.codes();
    this.dim = books.dim();
    this.transposed = new float[levels][dim * codes];
    this.halfNorms = new float[levels][codes];
    this.scales = fillScaling > 0 ? new float[levels][codes] : null;
    float[] centroids = books.centroids();
    for (int l = 0; l < levels; l++) {
      for (int k = 0; k < codes; k++) {
        int at = books.offset(l, k);
        for (int i = 0; i < dim; i++) {
          transposed[l][i * codes + k] = centroids[at + i];
        }
        halfNorms[l][k] = kernels.dot(dim, centroids, at, centroids, at) / 2;
        if (scales != null) {
          float fill = fillScaling * codes * books.shares()[l * codes + k];
          // An empty code at no distance at all would take every vector.
          scales[l][k] = Math.max(LEAST_SCALE, Math.min(1, fill));
        }
      }
    }
  }

  public Codebooks books() {
    return books;
  }

  /**
   * Assigns codes.
   *
   * @param x [n,dim]
   * @param out receives [n,levels]
   */
  public void assign(float[] x, int n, int[] out) {
    for (int from = 0; from < n; from += BATCH) {
      int size = Math.min(BATCH, n - from);
      load(x, from, size);
      for (int l = 0; l < levels; l++) {
        choose(l, size, out, from);
        subtract(l, size, out, from);
      }
    }
  }

  /**
   * Assigns codes and adds what a re-fit asks for.
   *
   * @param x [n,dim]
   * @param weights by vector; null for 1 each
   * @param before [n,levels], the users' codes until now, negative at the first level where they
   *     had none
   * @param out receives [n,levels]; may be {@code before}
   * @param into of the same books
   * @param random draws the sample
   * @throws IllegalArgumentException if the statistics are of other books
   */
  public void gather(
      float[] x,
      int n,
      float[] weights,
      int[] before,
      int[] out,
      CodeStatistics into,
      SplitMix random) {
    if (!books.same(into.epoch(), into.version())) {
      throw new IllegalArgumentException(
          "statistics of version " + into.version() + " for books of " + books.version());
    }
    gatherVectors(x, n, into, random);
    int[] assigned = new int[Math.min(n, BATCH) * levels];
    for (int from = 0; from < n; from += BATCH) {
      int size = Math.min(BATCH, n - from);
      load(x, from, size);
      for (int l = 0; l < levels; l++) {
        choose(l, size, assigned, 0);
        for (int b = 0; b < size; b++) {
          int slot = l * codes + assigned[b * levels + l];
          float weight = weights == null ? 1 : weights[from + b];
          into.counts[slot]++;
          into.weights[slot] += weight;
          kernels.axpy(dim, weight, residuals, b * dim, into.sums, slot * dim);
        }
        subtract(l, size, assigned, 0);
        into.residualSquares[l] += squares(residuals, size);
      }
      compare(from, size, assigned, before, into);
      System.arraycopy(assigned, 0, out, from * levels, size * levels);
    }
  }

  /**
   * Adds of vectors what needs no code, all that there is to gather before the first fit.
   *
   * @param x [n,dim]
   */
  public static void gatherVectors(float[] x, int n, CodeStatistics into, SplitMix random) {
    Kernels kernels = Kernels.cpu();
    int dim = into.dim();
    if (n < FEW) {
      for (int at = 0; at < n * dim; at += dim) {
        for (int r = 0; r < dim; r++) {
          kernels.axpy(dim, x[at + r], x, at, into.moments, r * dim);
        }
      }
    } else {
      float[] moments = new float[dim * dim];
      kernels.gemmTransposed(n, dim, dim, x, x, moments);
      kernels.axpy(dim * dim, 1, moments, 0, into.moments, 0);
    }
    into.users += n;
    for (int i = 0; i < n; i++) {
      into.squares += kernels.dot(dim, x, i * dim, x, i * dim);
      into.samples.add(random.nextFloat(), x, i * dim);
    }
  }

  /** What vectors of unknown users are by these books, without a sample. */
  static CodeStatistics statistics(Codebooks books, float[] x, int n) {
    CodeStatistics statistics = new CodeStatistics(books, 1);
    int[] codes = new int[n * books.levels()];
    Arrays.fill(codes, -1);
    ResidualQuantiser quantiser = new ResidualQuantiser(books);
    quantiser.gather(x, n, null, codes, codes, statistics, new SplitMix(0));
    return statistics;
  }

  private void compare(int from, int size, int[] assigned, int[] before, CodeStatistics into) {
    for (int b = 0; b < size; b++) {
      int path = 0;
      boolean had = before[(from + b) * levels] >= 0;
      boolean moved = false;
      for (int l = 0; l < levels; l++) {
        int code = assigned[b * levels + l];
        path = path * codes + code;
        if (had && before[(from + b) * levels + l] != code) {
          into.changed[l]++;
          moved = true;
        }
      }
      into.paths.add(path, 1);
      into.compared += had ? 1 : 0;
      into.changedPaths += moved ? 1 : 0;
    }
  }

  private void load(float[] x, int from, int size) {
    if (residuals.length < size * dim) {
      residuals = new float[size * dim];
      products = new float[size * codes];
    }
    System.arraycopy(x, from * dim, residuals, 0, size * dim);
  }

  /** Writes the codes of a level to {@code out[(from + b) * levels + level]}. */
  private void choose(int level, int size, int[] out, int from) {
    multiply(level, size);
    float[] norms = halfNorms[level];
    for (int b = 0; b < size; b++) {
      float half =
          scales == null ? 0 : kernels.dot(dim, residuals, b * dim, residuals, b * dim) / 2;
      int best = 0;
      float least = Float.POSITIVE_INFINITY;
      for (int k = 0; k < codes; k++) {
        // Half the squared distance, without the half square that all codes share.
        float distance = norms[k] - products[b * codes + k];
        if (scales != null) {
          distance = Math.max(0, half + distance) * scales[level][k];
        }
        if (distance < least) {
          least = distance;
          best = k;
        }
      }
      out[(from + b) * levels + level] = best;
    }
  }

  /** Inner products of the residuals with the codes of a level, [size,codes]. */
  private void multiply(int level, int size) {
    if (size >= FEW) {
      kernels.gemm(size, dim, codes, residuals, transposed[level], products);
      return;
    }
    float[] centroids = books.centroids();
    for (int b = 0; b < size; b++) {
      for (int k = 0; k < codes; k++) {
        products[b * codes + k] =
            kernels.dot(dim, residuals, b * dim, centroids, books.offset(level, k));
      }
    }
  }

  private void subtract(int level, int size, int[] chosen, int from) {
    float[] centroids = books.centroids();
    for (int b = 0; b < size; b++) {
      int at = books.offset(level, chosen[(from + b) * levels + level]);
      kernels.axpy(dim, -1, centroids, at, residuals, b * dim);
    }
  }

  private double squares(float[] values, int size) {
    double sum = 0;
    for (int b = 0; b < size; b++) {
      sum += kernels.dot(dim, values, b * dim, values, b * dim);
    }
    return sum;
  }
}
