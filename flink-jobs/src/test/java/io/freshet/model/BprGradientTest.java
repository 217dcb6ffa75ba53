// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.reference.EdgeList;
import io.freshet.reference.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against scores and gradients that an independent program computed in double precision. */
class BprGradientTest {

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void scoresAndGradientsAreThoseOfTheGoldenVectors(String name) {
    JsonNode golden = Golden.read("mf_bpr_" + name + ".json");
    Golden.Graph graph = Golden.graph(name);
    EdgeList edges = graph.edges();
    int dim = graph.users()[0].length;
    // The vectors take the mean over the edges, regularisation included.
    BprGradient gradient = new BprGradient(dim, (float) graph.regLambda());
    float[] rows = rowsWithoutBias(graph.items(), dim);
    float[][] users = new float[graph.users().length][dim];
    for (int u = 0; u < users.length; u++) {
      for (int c = 0; c < dim; c++) {
        users[u][c] = (float) graph.users()[u][c];
      }
    }
    float[][] userGradients = new float[users.length][dim];
    float[][] itemGradients = new float[rows.length / (dim + 1)][dim + 1];
    for (int e = 0; e < edges.size(); e++) {
      int u = edges.user()[e];
      int i = edges.item()[e];
      int j = graph.negatives()[e];
      float margin = gradient.margin(users[u], rows, i, j);
      double expected =
          golden.get("pos_scores").get(e).asDouble() - golden.get("neg_scores").get(e).asDouble();
      assertThat((double) margin).isCloseTo(expected, within(1e-6));
      float error = BprGradient.error(margin);
      float[] userGradient = new float[dim];
      gradient.row(error, rows, i, j, userGradient);
      gradient.addRegularisation(users[u], userGradient);
      for (int c = 0; c < dim; c++) {
        userGradients[u][c] += userGradient[c];
      }
      gradient.addItem(-error, users[u], rows, i, itemGradients[i]);
      gradient.addItem(error, users[u], rows, j, itemGradients[j]);
    }
    assertClose(userGradients, Golden.matrix(golden.get("grad_user_emb")), dim, edges.size());
    assertClose(itemGradients, Golden.matrix(golden.get("grad_item_emb")), dim, edges.size());
  }

  private static void assertClose(float[][] summed, double[][] mean, int dim, int edges) {
    assertThat(mean).hasNumberOfRows(summed.length);
    for (int r = 0; r < summed.length; r++) {
      for (int c = 0; c < dim; c++) {
        assertThat((double) summed[r][c] / edges).isCloseTo(mean[r][c], within(1e-7));
      }
    }
  }

  private static float[] rowsWithoutBias(double[][] matrix, int dim) {
    float[] rows = new float[matrix.length * (dim + 1)];
    for (int r = 0; r < matrix.length; r++) {
      for (int c = 0; c < dim; c++) {
        rows[r * (dim + 1) + c] = (float) matrix[r][c];
      }
    }
    return rows;
  }
}
