// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

import static io.freshet.reference.Matrices.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.reference.ReferencePropagation.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Optimisers, whole training steps and the measures of a list against the golden vectors. */
class GoldenTrainingTest {
  private static final double TOLERANCE = 1e-9;

  @ParameterizedTest
  @CsvSource({
    "adam_theta_after_each_step, 0",
    "adamw_theta_after_each_step, 1e-4",
    "adamw_wd_0_1_theta_after_each_step, 0.1"
  })
  void adamTakesTheGoldenSteps(String field, double decay) {
    JsonNode golden = Golden.read("optimizer.json");
    double[][] theta = {Golden.vector(golden.get("theta0"))};
    ReferenceAdam adam = new ReferenceAdam(golden.get("lr").asDouble(), decay);
    double[][] grads = Golden.matrix(golden.get("grads_per_step"));
    for (int step = 0; step < grads.length; step++) {
      adam.step(theta, new double[][] {grads[step]});
      assertClose(theta[0], Golden.vector(golden.get(field).get(step)), 1e-12);
    }
  }

  @Test
  void adaGradDividesARowByTheRootOfItsSummedMeanSquares() {
    double[][] table = {{1, 1}, {5, 5}};
    ReferenceAdaGrad adaGrad = new ReferenceAdaGrad(0.5, 2);
    adaGrad.step(table, new double[][] {{1, 7}, {0, 0}});
    assertThat(adaGrad.accumulator(0)).isEqualTo(25);
    assertClose(table, new double[][] {{1 - 0.1, 1 - 0.7}, {5, 5}}, 1e-8);
    adaGrad.step(table, new double[][] {{0, Math.sqrt(22)}, {0, 0}});
    assertThat(adaGrad.accumulator(0)).isCloseTo(36, within(1e-12));
    assertClose(table[0], new double[] {0.9, 0.3 - 0.5 * Math.sqrt(22) / 6}, 1e-8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mf", "lightgcn", "topkgat", "rankformer"})
  void threeFullBatchStepsAreGolden(String name) {
    JsonNode golden = Golden.read("train_3_steps_A.json");
    Golden.Graph graph = Golden.graph("A");
    double[][] users = graph.users();
    double[][] items = graph.items();
    boolean thresholded = name.equals("topkgat");
    double[][] raw =
        thresholded ? Golden.matrix(Golden.read("topkgat_A.json").get("beta_raw")) : null;
    double rate = golden.get("lr").asDouble();
    double decay = thresholded ? 1e-4 : 0;
    ReferenceAdam userAdam = new ReferenceAdam(rate, decay);
    ReferenceAdam itemAdam = new ReferenceAdam(rate, decay);
    ReferenceAdam rawAdam = new ReferenceAdam(rate, decay);
    ReferenceObjective objective =
        new ReferenceObjective(encoder(name), golden.get("reg_lambda").asDouble());
    assertThat(golden.get(name).size()).isEqualTo(3);
    for (JsonNode expected : golden.get(name)) {
      ReferenceObjective.Step step =
          objective.evaluate(graph.edges(), users, items, raw, graph.negatives());
      assertThat(step.loss())
          .isCloseTo(expected.get("loss_before_step").asDouble(), within(TOLERANCE));
      userAdam.step(users, step.gradients().users());
      itemAdam.step(items, step.gradients().items());
      assertClose(users, Golden.matrix(expected.get("user_emb")), TOLERANCE);
      assertClose(items, Golden.matrix(expected.get("item_emb")), TOLERANCE);
      if (thresholded) {
        rawAdam.step(raw, step.gradients().thresholds());
        assertClose(raw, Golden.matrix(expected.get("beta_raw")), TOLERANCE);
      }
    }
  }

  private static ReferenceEncoder encoder(String name) {
    return switch (name) {
      case "mf" -> ReferencePropagation.mf();
      case "lightgcn" -> ReferencePropagation.lightGcn(3, Output.MEAN);
      case "topkgat" -> ReferencePropagation.topKGat(3);
      default -> ReferenceRankformer.linear(RankformerOptions.of(3, 0.5, 2));
    };
  }

  @ParameterizedTest
  @CsvSource({"test, result", "test_with_repeated_row, result_with_repeated_row"})
  void listsAndTheirMeasuresAreGolden(String testField, String resultField) {
    JsonNode golden = Golden.read("metrics.json");
    double[][] scores = Golden.matrix(golden.get("scores"));
    EdgeList train = Golden.edges(scores.length, scores[0].length, golden.get("train"));
    EdgeList test = Golden.edges(scores.length, scores[0].length, golden.get(testField));
    for (int u = 0; u < scores.length; u++) {
      int[] top = Golden.ints(golden.get("top").get(u));
      assertThat(ReferenceMetrics.top(scores[u], train.itemsOf(u), top.length))
          .containsExactly(top);
    }
    for (int k : Golden.ints(golden.get("K"))) {
      JsonNode expected = golden.get(resultField).get(String.valueOf(k));
      ReferenceMetrics actual = ReferenceMetrics.of(scores, train, test, k);
      assertThat(actual.users()).isEqualTo(expected.get("users").asInt());
      assertThat(
              new double[] {
                actual.precision(), actual.recall(), actual.recallFull(), actual.ndcg()
              })
          .containsExactly(
              new double[] {
                expected.get("precision").asDouble(),
                expected.get("recall_min_denominator").asDouble(),
                expected.get("recall_full_denominator").asDouble(),
                expected.get("ndcg").asDouble()
              },
              within(1e-12));
    }
  }
}
