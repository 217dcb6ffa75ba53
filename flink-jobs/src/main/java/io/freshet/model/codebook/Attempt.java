// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import io.freshet.model.SplitMix;

/**
 * A re-fit that is made but not yet agreed to: what was there is left as it was.
 *
 * @param decayed the averages after it
 * @param books made of them; null where the codes would not be finite
 * @param dead codes under the threshold, by level
 * @param expired dead codes that were replaced, by level
 * @param fault why it must be held back; null where it may be published
 */
record Attempt(DecayedCodes decayed, Codebooks books, int[] dead, int[] expired, String fault) {

  /**
   * Moves the codes by what was gathered, and replaces those that hardly any vector has.
   *
   * @param gathered by {@code books}
   */
  static Attempt of(
      CodebookOptions options, Codebooks books, DecayedCodes decayed, CodeStatistics gathered) {
    DecayedCodes moved = decayed.copy();
    moved.step(options.decay(), gathered.weights, gathered.sums);
    Expiry expiry = new Expiry(options, moved);
    float[] centroids = moved.centroids();
    for (float value : centroids) {
      if (!Float.isFinite(value)) {
        String fault = "codes would not be finite";
        return new Attempt(moved, null, expiry.dead(), expiry.expired(), fault);
      }
    }
    float[] x = gathered.samples.vectors();
    int n = gathered.samples.size();
    long seed = SplitMix.mix(options.seed(), books.version());
    expiry.replace(books, centroids, x, n, new SplitMix(seed));
    Codebooks made =
        Codebooks.of(
            books.epoch(),
            books.version() + 1,
            books.levels(),
            books.codes(),
            books.dim(),
            centroids,
            moved.shares());
    String fault = new RefitGate(options).judge(books, made, x, n);
    return new Attempt(moved, made, expiry.dead(), expiry.expired(), fault);
  }

  /** The same, held back for this. */
  Attempt heldBack(String why) {
    return new Attempt(decayed, books, dead, expired, why);
  }
}
