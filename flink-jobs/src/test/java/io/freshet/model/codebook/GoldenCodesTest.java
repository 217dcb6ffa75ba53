// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import static io.freshet.model.encoder.Doubles.assertClose;
import static io.freshet.model.encoder.Doubles.flat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.model.SplitMix;
import io.freshet.reference.Golden;
import io.freshet.reference.ResidualCodes;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Both the reference and the product against the golden vectors, over two steps. */
class GoldenCodesTest {

  private static final int LEVELS = 2;
  private static final int CODES = 3;
  private static final int DIM = 4;
  private static final double DECAY = 0.8;
  private static final double DEAD = 0.85;

  // Four vectors count at each level in the end: the threshold as a share of what is even.
  private static final double EXPIRE_BELOW = DEAD / (4.0 / CODES);
  private static final Offset<Double> EXACT = within(1e-9);

  private final JsonNode golden = Golden.read("rvq.json");
  private final double[][] vectors = Golden.matrix(golden.get("user_emb"));
  private final double[][][] books = {
    Golden.matrix(golden.get("codebooks").get(0)), Golden.matrix(golden.get("codebooks").get(1))
  };

  @Test
  void theReferenceAssignsAsGolden() {
    double[][] codes = Golden.matrix(golden.get("codes"));
    double[][] quantised = Golden.matrix(golden.get("quantised"));
    for (int n = 0; n < vectors.length; n++) {
      assertThat(ResidualCodes.codes(vectors[n], books)).isEqualTo(ints(codes[n]));
      assertThat(ResidualCodes.quantised(vectors[n], books)).containsExactly(quantised[n], EXACT);
      for (int l = 0; l <= LEVELS; l++) {
        assertThat(ResidualCodes.residual(vectors[n], books, l))
            .containsExactly(Golden.matrix(golden.get("residuals").get(l))[n], EXACT);
      }
      assertThat(ResidualCodes.squared(ResidualCodes.residual(vectors[n], books, LEVELS)))
          .isCloseTo(golden.get("quantisation_error_sq").get(n).asDouble(), EXACT);
    }
  }

  @Test
  void theReferenceMovesAndReplacesCodesAsGolden() {
    ResidualCodes.Averages[] averages = new ResidualCodes.Averages[LEVELS];
    double[][][] next = new double[LEVELS][][];
    for (int l = 0; l < LEVELS; l++) {
      JsonNode step = golden.get("step1").get(l);
      averages[l] =
          new ResidualCodes.Averages(
              Golden.vector(step.get("count_before")), Golden.matrix(step.get("sum_before")));
      step(averages[l], books, l);
      assertThat(averages[l].batchCounts)
          .containsExactly(Golden.vector(step.get("batch_count")), EXACT);
      assertThat(averages[l].counts)
          .containsExactly(Golden.vector(step.get("count_after_ema")), EXACT);
      next[l] = averages[l].smoothed(golden.get("laplace_eps").asDouble());
      assertRows(next[l], Golden.matrix(step.get("codebook_after_laplace")));
      for (JsonNode pair : step.get("expired_code_and_replacement_row")) {
        double[] row = ResidualCodes.residual(vectors[pair.get(1).asInt()], books, l);
        averages[l].replace(pair.get(0).asInt(), DEAD, row);
        next[l][pair.get(0).asInt()] = row;
      }
      assertRows(next[l], Golden.matrix(step.get("codebook_after_expire")));
    }
    for (int l = 0; l < LEVELS; l++) {
      step(averages[l], next, l);
      JsonNode stage = golden.get("step2").get("stages").get(l);
      assertThat(averages[l].counts)
          .containsExactly(Golden.vector(stage.get("count_after_ema")), EXACT);
      assertRows(
          averages[l].smoothed(golden.get("laplace_eps").asDouble()),
          Golden.matrix(stage.get("codebook_after_laplace")));
    }
  }

  @Test
  void theProductAssignsAsGolden() {
    Codebooks made = Codebooks.of(1, 1, LEVELS, CODES, DIM, centroids(books));
    int[] codes = new int[vectors.length * LEVELS];
    new ResidualQuantiser(made).assign(flat(vectors), vectors.length, codes);
    assertThat(codes).isEqualTo(allInts(Golden.matrix(golden.get("codes"))));

    CodeStatistics statistics = gathered(made);
    double error = 0;
    for (JsonNode one : golden.get("quantisation_error_sq")) {
      error += one.asDouble();
    }
    assertThat(statistics.residualSquares()[LEVELS - 1]).isCloseTo(error, within(1e-5 * error));
  }

  @Test
  void theProductMovesAndReplacesCodesAsGolden() {
    CodebookOptions options =
        CodebookOptions.builder().levels(LEVELS).codes(CODES).expireBelow(EXPIRE_BELOW).build();
    double[] ones = new double[LEVELS * CODES];
    Arrays.fill(ones, 1);
    Codebooks made = Codebooks.of(1, 1, LEVELS, CODES, DIM, centroids(books));
    DecayedCodes decayed = DecayedCodes.at(LEVELS, CODES, DIM, ones, made.centroids());
    CodeStatistics statistics = gathered(made);

    decayed.step(DECAY, statistics.weights(), statistics.sums());
    Expiry expiry = new Expiry(options, decayed);
    float[] centroids = decayed.centroids();
    assertLevels(centroids, golden.get("step1"), "codebook_after_laplace");
    // The one row that golden replaces the dead code by is the one there is to draw.
    expiry.replace(made, centroids, flat(vectors), 1, new SplitMix(1));

    assertThat(expiry.dead()).containsExactly(1, 0);
    assertThat(expiry.expired()).containsExactly(1, 0);
    assertLevels(centroids, golden.get("step1"), "codebook_after_expire");

    Codebooks next = Codebooks.of(1, 2, LEVELS, CODES, DIM, centroids);
    CodeStatistics again = gathered(next);
    decayed.step(DECAY, again.weights(), again.sums());
    assertLevels(decayed.centroids(), golden.get("step2").get("stages"), "codebook_after_laplace");
    for (int l = 0; l < LEVELS; l++) {
      double[] counts =
          Golden.vector(golden.get("step2").get("stages").get(l).get("count_after_ema"));
      assertThat(Arrays.copyOfRange(decayed.counts(), l * CODES, (l + 1) * CODES))
          .containsExactly(counts, within(1e-5));
    }
  }

  private CodeStatistics gathered(Codebooks made) {
    return ResidualQuantiser.statistics(made, flat(vectors), vectors.length);
  }

  private void step(ResidualCodes.Averages averages, double[][][] by, int level) {
    double[][] residuals = new double[vectors.length][];
    int[] codes = new int[vectors.length];
    for (int n = 0; n < vectors.length; n++) {
      residuals[n] = ResidualCodes.residual(vectors[n], by, level);
      codes[n] = ResidualCodes.codes(vectors[n], by)[level];
    }
    averages.step(DECAY, residuals, codes);
  }

  private static void assertLevels(float[] centroids, JsonNode levels, String field) {
    for (int l = 0; l < LEVELS; l++) {
      assertClose(
          Arrays.copyOfRange(centroids, l * CODES * DIM, (l + 1) * CODES * DIM),
          Golden.matrix(levels.get(l).get(field)));
    }
  }

  private static void assertRows(double[][] actual, double[][] expected) {
    for (int r = 0; r < expected.length; r++) {
      assertThat(actual[r]).containsExactly(expected[r], EXACT);
    }
  }

  private static float[] centroids(double[][][] books) {
    float[] all = new float[LEVELS * CODES * DIM];
    for (int l = 0; l < LEVELS; l++) {
      System.arraycopy(flat(books[l]), 0, all, l * CODES * DIM, CODES * DIM);
    }
    return all;
  }

  private static int[] ints(double[] values) {
    return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
  }

  private static int[] allInts(double[][] rows) {
    return Arrays.stream(rows).flatMapToInt(row -> Arrays.stream(ints(row))).toArray();
  }
}
