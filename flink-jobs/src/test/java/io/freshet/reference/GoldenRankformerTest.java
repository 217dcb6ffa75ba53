// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

import static io.freshet.reference.Matrices.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both forms of Rankformer against the golden vectors, cold nodes (graph B) included. */
class GoldenRankformerTest {
  private static final double TOLERANCE = 1e-11;
  private static final List<Function<RankformerOptions, ReferenceRankformer>> FORMS =
      List.of(ReferenceRankformer::dense, ReferenceRankformer::linear);

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void finalVectorsLossAndGradientsAreGoldenInBothForms(String name) {
    JsonNode golden = Golden.read("rankformer_" + name + ".json");
    Golden.Graph graph = Golden.graph(name);
    for (var form : FORMS) {
      ReferenceRankformer encoder = form.apply(options(golden));
      assertFinal(encoder, graph, golden.get("final_user"), golden.get("final_item"));
      ReferenceObjective.Step step =
          new ReferenceObjective(encoder, graph.regLambda())
              .evaluate(graph.edges(), graph.users(), graph.items(), null, graph.negatives());
      assertThat(step.bpr()).isCloseTo(golden.get("bpr_loss").asDouble(), within(TOLERANCE));
      assertThat(step.reg()).isCloseTo(golden.get("reg").asDouble(), within(TOLERANCE));
      assertThat(step.loss()).isCloseTo(golden.get("total_loss").asDouble(), within(TOLERANCE));
      assertClose(step.gradients().users(), Golden.matrix(golden.get("grad_user_emb")), TOLERANCE);
      assertClose(step.gradients().items(), Golden.matrix(golden.get("grad_item_emb")), TOLERANCE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void everyPartOfEveryLayerIsGolden(String name) {
    JsonNode golden = Golden.read("rankformer_" + name + ".json");
    Golden.Graph graph = Golden.graph(name);
    RankformerOptions options = options(golden);
    ReferenceRankformer warmLayer =
        ReferenceRankformer.dense(RankformerOptions.of(0, options.tau(), options.alpha()));
    assertFinal(warmLayer, graph, golden.get("gcn_user"), golden.get("gcn_item"));
    ReferenceEncoder.Final x = warmLayer.forward(graph.edges(), graph.users(), graph.items(), null);
    assertThat(golden.get("per_layer").size()).isEqualTo(options.layers());
    for (JsonNode layer : golden.get("per_layer")) {
      x = assertLayer(layer, options, graph, x);
    }
    assertLayer(
        golden.get("one_layer_on_base_embeddings"),
        options,
        graph,
        new ReferenceEncoder.Final(graph.users(), graph.items()));
  }

  private static ReferenceEncoder.Final assertLayer(
      JsonNode golden, RankformerOptions options, Golden.Graph graph, ReferenceEncoder.Final x) {
    DenseRankformer layer = new DenseRankformer(options);
    ReferenceEncoder.Final out = layer.forward(graph.edges(), x);
    assertClose(layer.bPos(), Golden.vector(golden.get("b_pos")), TOLERANCE);
    assertClose(layer.bNeg(), Golden.vector(golden.get("b_neg")), TOLERANCE);
    assertClose(layer.omegaPos(), Golden.matrix(golden.get("Omega_pos")), TOLERANCE);
    assertClose(layer.omegaNeg(), Golden.matrix(golden.get("Omega_neg")), TOLERANCE);
    assertSide(golden, "user", layer.userBlend());
    assertSide(golden, "item", layer.itemBlend());
    return out;
  }

  private static void assertSide(JsonNode golden, String side, RankformerBlend blend) {
    assertClose(blend.normaliser(), Golden.vector(golden.get("norm_" + side)), TOLERANCE);
    assertClose(blend.aggregate(), Golden.matrix(golden.get("agg_" + side)), TOLERANCE);
    assertClose(blend.out(), Golden.matrix(golden.get("out_" + side)), TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void aLayerUnderEachAblationIsGoldenInBothForms(String name) {
    JsonNode golden = Golden.read("rankformer_" + name + ".json");
    Golden.Graph graph = Golden.graph(name);
    RankformerOptions full =
        RankformerOptions.of(1, options(golden).tau(), options(golden).alpha());
    Map<String, RankformerOptions> ablations =
        Map.of(
            "no_benchmark", full.withoutBenchmark(),
            "no_negative", full.withoutNegative(),
            "no_normaliser", full.withoutNormaliser());
    ablations.forEach(
        (ablation, options) -> {
          JsonNode expected = golden.get("ablations_one_layer").get(ablation);
          for (var form : FORMS) {
            assertFinal(
                form.apply(options), graph, expected.get("out_user"), expected.get("out_item"));
          }
        });
  }

  private static RankformerOptions options(JsonNode golden) {
    return RankformerOptions.of(
        golden.get("layers").asInt(), golden.get("tau").asDouble(), golden.get("alpha").asDouble());
  }

  /** A row of nulls is one that the papers' code leaves undefined; ours must be finite. */
  private static void assertFinal(
      ReferenceEncoder encoder, Golden.Graph graph, JsonNode users, JsonNode items) {
    ReferenceEncoder.Final f = encoder.forward(graph.edges(), graph.users(), graph.items(), null);
    assertDefined(f.users(), Golden.matrix(users));
    assertDefined(f.items(), Golden.matrix(items));
  }

  private static void assertDefined(double[][] actual, double[][] expected) {
    assertThat(actual).hasSameDimensionsAs(expected);
    for (int r = 0; r < expected.length; r++) {
      assertThat(actual[r]).doesNotContain(Double.NaN);
      assertClose(actual[r], Double.isNaN(expected[r][0]) ? actual[r] : expected[r], TOLERANCE);
    }
  }
}
