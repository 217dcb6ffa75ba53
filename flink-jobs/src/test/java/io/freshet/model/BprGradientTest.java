// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against scores and gradients that an independent program computed in double precision. */
class BprGradientTest {

  @ParameterizedTest
  @ValueSource(strings = {"mf_bpr_A.json", "mf_bpr_B.json"})
  void scoresAndGradientsAreThoseOfTheGoldenVectors(String file) throws IOException {
    JsonNode golden;
    try (InputStream in = getClass().getResourceAsStream("/model/" + file)) {
      golden = new ObjectMapper().readTree(in);
    }
    JsonNode edges = golden.get("edges");
    int dim = golden.get("user_emb").get(0).size();
    // The vectors take the mean over the edges, regularisation included.
    BprGradient gradient = new BprGradient(dim, (float) golden.get("reg_lambda").asDouble());
    float[] rows = rowsWithoutBias(golden.get("item_emb"), dim);
    float[][] users = new float[golden.get("user_emb").size()][dim];
    for (int u = 0; u < users.length; u++) {
      for (int c = 0; c < dim; c++) {
        users[u][c] = (float) golden.get("user_emb").get(u).get(c).asDouble();
      }
    }
    float[][] userGradients = new float[users.length][dim];
    float[][] itemGradients = new float[rows.length / (dim + 1)][dim + 1];
    for (int e = 0; e < edges.size(); e++) {
      int u = edges.get(e).get(0).asInt();
      int i = edges.get(e).get(1).asInt();
      int j = golden.get("bpr_negatives_in_edge_order").get(e).asInt();
      float margin = gradient.margin(users[u], rows, i, j);
      double expected =
          golden.get("pos_scores").get(e).asDouble() - golden.get("neg_scores").get(e).asDouble();
      assertThat((double) margin).isCloseTo(expected, within(1e-6));
      float error = BprGradient.error(margin);
      float[] userGradient = new float[dim];
      gradient.user(error, users[u], rows, i, j, userGradient);
      for (int c = 0; c < dim; c++) {
        userGradients[u][c] += userGradient[c];
      }
      gradient.addItem(-error, users[u], rows, i, itemGradients[i]);
      gradient.addItem(error, users[u], rows, j, itemGradients[j]);
    }
    assertClose(userGradients, golden.get("grad_user_emb"), dim, edges.size());
    assertClose(itemGradients, golden.get("grad_item_emb"), dim, edges.size());
  }

  private static void assertClose(float[][] summed, JsonNode mean, int dim, int edges) {
    assertThat(mean.size()).isEqualTo(summed.length);
    for (int r = 0; r < summed.length; r++) {
      for (int c = 0; c < dim; c++) {
        assertThat((double) summed[r][c] / edges)
            .isCloseTo(mean.get(r).get(c).asDouble(), within(1e-7));
      }
    }
  }

  private static float[] rowsWithoutBias(JsonNode matrix, int dim) {
    float[] rows = new float[matrix.size() * (dim + 1)];
    for (int r = 0; r < matrix.size(); r++) {
      for (int c = 0; c < dim; c++) {
        rows[r * (dim + 1) + c] = (float) matrix.get(r).get(c).asDouble();
      }
    }
    return rows;
  }
}
