// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.NodeRows;
import io.freshet.reference.EdgeList;
import io.freshet.reference.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against measures that an independent program computed in double precision. */
class SplitRankingTest {

  @ParameterizedTest
  @CsvSource({
    "test, result, 2",
    "test, result, 3",
    "test_with_repeated_row, result_with_repeated_row, 2",
    "test_with_repeated_row, result_with_repeated_row, 3"
  })
  void measuresAreThoseOfTheGoldenVectors(String test, String result, int k) {
    JsonNode golden = Golden.read("metrics.json");
    JsonNode scores = golden.get("scores");
    int users = scores.size();
    int items = scores.get(0).size();
    // Users whose rows are their scores, before items whose rows are unit vectors.
    NodeRows rows = NodeRows.zero(users, items, items);
    for (int u = 0; u < users; u++) {
      for (int i = 0; i < items; i++) {
        rows.users()[u * items + i] = (float) scores.get(u).get(i).asDouble();
      }
    }
    for (int i = 0; i < items; i++) {
      rows.items()[i * items + i] = 1;
    }

    SplitMetrics measured =
        new SplitRanking(
                rows(users, items, golden.get("train")),
                rows(users, items, golden.get(test)),
                k,
                Kernels.cpu(2))
            .measure(rows);

    JsonNode expected = golden.get(result).get(Integer.toString(k));
    assertThat(measured.k()).isEqualTo(k);
    assertThat(measured.users()).isEqualTo(expected.get("users").asInt());
    assertClose(measured.precision(), expected.get("precision"));
    assertClose(measured.recall(), expected.get("recall_min_denominator"));
    assertClose(measured.recallFull(), expected.get("recall_full_denominator"));
    assertClose(measured.ndcg(), expected.get("ndcg"));
  }

  @Test
  void aSplitWithoutTestedUsersMeasuresZero() {
    SparseRows none = SparseRows.of(2, new int[] {0, 0}, new int[0]);
    NodeRows rows = NodeRows.zero(1, 2, 4);
    assertThat(new SplitRanking(none, none, 5, Kernels.cpu()).measure(rows))
        .isEqualTo(new SplitMetrics(5, 0, 0, 0, 0, 0));
  }

  private static SparseRows rows(int users, int items, JsonNode pairs) {
    EdgeList edges = Golden.edges(users, items, pairs);
    return BipartiteGraph.of(users, items, edges.user(), edges.item()).byUser();
  }

  private static void assertClose(double measured, JsonNode expected) {
    assertThat(measured).isCloseTo(expected.asDouble(), within(1e-12));
  }
}
