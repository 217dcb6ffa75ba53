// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.model.SplitMix;
import io.freshet.reference.Golden;
import org.junit.jupiter.api.Test;

class EffectiveRankTest {

  @Test
  void isGolden() {
    for (JsonNode one : Golden.read("effective_rank.json").get("cases")) {
      double[][] matrix = Golden.matrix(one.get("matrix"));
      int dim = matrix[0].length;
      double[] singular = Golden.vector(one.get("singular_values"));
      // A singular value is the root of one of the moments': of the smallest, half the digits stay.
      boolean wellConditioned = singular[singular.length - 1] > 1e-3 * singular[0];
      assertThat(EffectiveRank.ofMoments(moments(matrix), dim, Math.min(matrix.length, dim)))
          .as(one.get("name").asText())
          .isCloseTo(one.get("effective_rank").asDouble(), within(wellConditioned ? 1e-9 : 1e-6));
    }
  }

  @Test
  void isOneOfRowsOnALineAndNearDimOfRowsThatGoEverywhere() {
    SplitMix random = new SplitMix(3);
    int dim = 16;
    float[] everywhere = new float[dim * dim];
    float[] line = new float[dim * dim];
    float[] row = new float[dim];
    for (int n = 0; n < 4000; n++) {
      random.fillGaussian(row, 0, dim, 1);
      float along = row[0];
      for (int r = 0; r < dim; r++) {
        for (int c = 0; c < dim; c++) {
          everywhere[r * dim + c] += row[r] * row[c];
          line[r * dim + c] += along * along;
        }
      }
    }
    assertThat(EffectiveRank.ofMoments(everywhere, dim)).isBetween(15.5, 16.0);
    assertThat(EffectiveRank.ofMoments(line, dim)).isBetween(1.0, 1.1);
  }

  @Test
  void isZeroWhereThereIsNothing() {
    assertThat(EffectiveRank.ofMoments(new float[9], 3)).isZero();
    assertThat(EffectiveRank.ofMoments(new float[] {Float.NaN}, 1)).isZero();
  }

  private static double[] moments(double[][] rows) {
    int dim = rows[0].length;
    double[] moments = new double[dim * dim];
    for (double[] row : rows) {
      for (int r = 0; r < dim; r++) {
        for (int c = 0; c < dim; c++) {
          moments[r * dim + c] += row[r] * row[c];
        }
      }
    }
    return moments;
  }
}
