// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

import io.freshet.model.ModelOptions;
import io.freshet.model.SplitMix;
import java.util.Arrays;

/**
 * Rows as the embedding's channel scores them, {@code [embedding, bias, popularity, degree, mask]},
 * and vectors of users who took a few of them. Embeddings gather around centres, some of which are
 * larger, by a share of their variance; norms and popularities have long tails.
 */
final class GeneratedRows {

  /** How much of a row comes from its centre. */
  enum Kind {
    /** Two thirds of the variance. */
    CLUSTERED(0.64f),
    /** A quarter. */
    MIXED(0.25f),
    /** Nothing, and all items are as popular. */
    ISOTROPIC(0);

    private final float share;

    Kind(float share) {
      this.share = share;
    }
  }

  private static final ModelOptions DEFAULTS = ModelOptions.defaults();
  private static final int DIM = DEFAULTS.dim();
  static final int WIDTH = DIM + 4;

  private static final int ROWS_PER_CENTRE = 500;
  private static final int TAKEN = 4;

  private final Kind kind;
  private final int items;
  private final long seed;
  private final SplitMix random;
  private final float[] centres;
  private final float[] noise = new float[DIM];

  GeneratedRows(Kind kind, int items, long seed) {
    this.kind = kind;
    this.items = items;
    this.seed = seed;
    this.random = new SplitMix(seed);
    this.centres = new float[Math.max(1, items / ROWS_PER_CENTRE) * DIM];
    random.fillGaussian(centres, 0, centres.length, 1);
  }

  /** Values by which columns are weighed where rows are compared, and which vectors have. */
  static void priors(float[] vector) {
    vector[DIM] = 1;
    vector[DIM + 1] = DEFAULTS.popularityPrior();
    vector[DIM + 2] = DEFAULTS.degreePrior();
  }

  /** A row; the same for the same number and version. */
  void row(int row, int version, float[] out) {
    random.reseed(SplitMix.mix(seed + version, row));
    double tail = -Math.log(1 - random.nextFloat());
    boolean even = kind == Kind.ISOTROPIC;
    direction(out);
    float norm = even ? 0.1f : (float) (0.04 + 0.05 * tail);
    for (int i = 0; i < DIM; i++) {
      out[i] *= norm;
    }
    random.fillGaussian(out, DIM, 1, even ? 0 : 0.2f);
    out[DIM + 1] = even ? 0 : (float) (3 * tail - 8);
    out[DIM + 2] = even ? 0 : (float) (3 * tail);
    out[DIM + 3] = 0;
  }

  /** A user's vector, the sum of what a few items are like, the latest counting most. */
  void vector(int user, float[] out) {
    random.reseed(SplitMix.mix(~seed, user));
    Arrays.fill(out, 0);
    float[] taken = new float[DIM];
    for (int t = 0; t < TAKEN; t++) {
      direction(taken);
      for (int i = 0; i < DIM; i++) {
        out[i] += taken[i] / (1 + t);
      }
    }
    priors(out);
    out[DIM + 3] = 1;
  }

  private void direction(float[] out) {
    int count = centres.length / DIM;
    float skew = random.nextFloat();
    int centre = (int) (count * skew * skew);
    random.fillGaussian(noise, 0, DIM, (float) Math.sqrt(1 - kind.share));
    float of = (float) Math.sqrt(kind.share);
    for (int i = 0; i < DIM; i++) {
      out[i] = of * centres[centre * DIM + i] + noise[i];
    }
  }

  int items() {
    return items;
  }
}
