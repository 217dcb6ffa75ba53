// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.SplitMix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExpiryTest {

  private static final int CODES = 8;
  private static final int DIM = 64;
  private static final int N = 2000;

  private final CodebookOptions options =
      CodebookOptions.builder().levels(1).codes(CODES).expireBelow(0.2).build();
  private final Blobs noise = new Blobs(1, DIM, 1, 7);

  @Test
  void aCodeThatIsReplacedHasVectorsThatItWasNotMadeOfAmongNoiseOfManyDimensions() {
    Codebooks books = Codebooks.of(1, 1, 1, CODES, DIM, noise.vectors(CODES));
    float[] centroids = new float[CODES * DIM];
    double[] counts = new double[CODES];
    Arrays.fill(counts, 1, CODES, 100);
    // Codes near the middle, as means of noise are, and one that has nothing.
    for (int i = DIM; i < centroids.length; i++) {
      centroids[i] = 0.3f * books.centroids()[i] + 0.7f * books.centroids()[i % DIM];
    }
    Expiry expiry = new Expiry(options, DecayedCodes.at(1, CODES, DIM, counts, books.centroids()));

    expiry.replace(books, centroids, noise.vectors(N), N, new SplitMix(1));

    assertThat(expiry.expired()).containsExactly(1);
    Codebooks after = Codebooks.of(1, 2, 1, CODES, DIM, centroids);
    CodeStatistics fresh = ResidualQuantiser.statistics(after, noise.vectors(N), N);
    assertThat(fresh.counts()[0]).isGreaterThan(N / CODES / 4);
  }

  @Test
  void aReplacedCodeCountsAsMuchAsTheThreshold() {
    Codebooks books = Codebooks.of(1, 1, 1, CODES, DIM, noise.vectors(CODES));
    double[] counts = new double[CODES];
    Arrays.fill(counts, 1, CODES, 100);
    DecayedCodes decayed = DecayedCodes.at(1, CODES, DIM, counts, books.centroids());
    Expiry expiry = new Expiry(options, decayed);
    assertThat(expiry.dead()).containsExactly(1);

    expiry.replace(books, books.centroids().clone(), noise.vectors(N), N, new SplitMix(1));

    assertThat(decayed.counts()[0]).isEqualTo(0.2 * 700 / CODES);
  }

  @Test
  void withoutVectorsNothingIsReplaced() {
    Codebooks books = Codebooks.of(1, 1, 1, CODES, DIM, noise.vectors(CODES));
    Expiry expiry = new Expiry(options, new DecayedCodes(1, CODES, DIM));
    assertThat(expiry.dead()).containsExactly(0);
    double[] counts = new double[CODES];
    counts[3] = 5;
    Expiry dying = new Expiry(options, DecayedCodes.at(1, CODES, DIM, counts, books.centroids()));

    dying.replace(books, books.centroids().clone(), new float[0], 0, new SplitMix(1));

    assertThat(dying.dead()).containsExactly(7);
    assertThat(dying.expired()).containsExactly(0);
  }
}
