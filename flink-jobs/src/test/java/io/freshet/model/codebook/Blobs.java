// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import io.freshet.model.SplitMix;
import java.util.Arrays;

/** Vectors around planted centres, and what learners would make of them. */
final class Blobs {

  private final int dim;
  private final float noise;
  private final SplitMix random;
  private final float[] centres;
  private final SplitMix draws = new SplitMix(99);

  Blobs(int count, int dim, float noise, long seed) {
    this.dim = dim;
    this.noise = noise;
    this.random = new SplitMix(seed);
    this.centres = new float[count * dim];
    random.fillGaussian(centres, 0, centres.length, 1);
  }

  /** Moves every centre by about so much a value. */
  void move(float by) {
    float[] moves = new float[centres.length];
    random.fillGaussian(moves, 0, moves.length, by);
    for (int i = 0; i < moves.length; i++) {
      centres[i] += moves[i];
    }
  }

  /** [n,dim], the centres in turn. */
  float[] vectors(int n) {
    return vectors(n, centres.length / dim);
  }

  /** [n,dim], only the first of the centres in turn. */
  float[] vectors(int n, int among) {
    float[] x = new float[n * dim];
    random.fillGaussian(x, 0, x.length, noise);
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < dim; c++) {
        x[i * dim + c] += centres[i % among * dim + c];
      }
    }
    return x;
  }

  /** As a learner with these books sends them. */
  CodeStatistics gathered(Codebooks books, float[] x) {
    CodeStatistics statistics = new CodeStatistics(books, 256);
    int n = x.length / dim;
    if (books.isEmpty()) {
      ResidualQuantiser.gatherVectors(x, n, statistics, draws);
      return statistics;
    }
    int[] codes = new int[n * books.levels()];
    Arrays.fill(codes, -1);
    new ResidualQuantiser(books).gather(x, n, null, codes, codes, statistics, draws);
    return statistics;
  }
}
