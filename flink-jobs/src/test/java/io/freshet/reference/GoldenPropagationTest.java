// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

import static io.freshet.reference.Matrices.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.reference.ReferencePropagation.Layer;
import io.freshet.reference.ReferencePropagation.Output;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MF, LightGCN and TopKGAT against the golden vectors, cold nodes (graph B) included. */
class GoldenPropagationTest {
  private static final double TOLERANCE = 1e-12;

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void mfScoresLossAndGradientsAreGolden(String name) {
    JsonNode golden = Golden.read("mf_bpr_" + name + ".json");
    Golden.Graph graph = Golden.graph(name);
    EdgeList g = graph.edges();
    ReferencePropagation mf = ReferencePropagation.mf();
    ReferenceEncoder.Final f = mf.forward(g, graph.users(), graph.items(), null);
    for (int e = 0; e < g.size(); e++) {
      double[] user = f.users()[g.user()[e]];
      assertThat(Rows.dot(user, f.items()[g.item()[e]]))
          .isCloseTo(golden.get("pos_scores").get(e).asDouble(), within(TOLERANCE));
      assertThat(Rows.dot(user, f.items()[graph.negatives()[e]]))
          .isCloseTo(golden.get("neg_scores").get(e).asDouble(), within(TOLERANCE));
    }
    assertObjective(golden, graph, mf, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void lightGcnLayersLossAndGradientsAreGolden(String name) {
    JsonNode golden = Golden.read("lightgcn_" + name + ".json");
    Golden.Graph graph = Golden.graph(name);
    ReferencePropagation encoder =
        ReferencePropagation.lightGcn(golden.get("layers").asInt(), Output.MEAN);
    assertFinal(golden, graph, encoder, null);
    assertLayerInputs(golden, encoder.layers());
    assertObjective(golden, graph, encoder, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void theLastLayerOfLightGcnIsAnOutputOfItsOwn(String name) {
    JsonNode golden = Golden.read("lightgcn_" + name + ".json");
    Golden.Graph graph = Golden.graph(name);
    int layers = golden.get("layers").asInt();
    ReferenceEncoder.Final f =
        ReferencePropagation.lightGcn(layers, Output.LAST)
            .forward(graph.edges(), graph.users(), graph.items(), null);
    assertClose(f.users(), Golden.matrix(golden.get("layer_user").get(layers)), TOLERANCE);
    assertClose(f.items(), Golden.matrix(golden.get("layer_item").get(layers)), TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void topKGatLayersLossAndGradientsAreGolden(String name) {
    JsonNode golden = Golden.read("topkgat_" + name + ".json");
    Golden.Graph graph = Golden.graph(name);
    double[][] raw = Golden.matrix(golden.get("beta_raw"));
    ReferencePropagation encoder = ReferencePropagation.topKGat(golden.get("layers").asInt());
    assertFinal(golden, graph, encoder, raw);
    List<Layer> layers = encoder.layers();
    assertLayerInputs(golden, layers);
    for (int l = 0; l < layers.size(); l++) {
      JsonNode expected = golden.get("per_layer").get(l);
      Layer layer = layers.get(l);
      assertClose(layer.cosine(), Golden.vector(expected.get("cosine_per_edge")), TOLERANCE);
      assertClose(layer.activated(), Golden.vector(expected.get("omega_per_edge")), TOLERANCE);
      assertClose(layer.weight(), Golden.vector(expected.get("weight_per_edge")), TOLERANCE);
    }
    ReferenceObjective.Step step = assertObjective(golden, graph, encoder, raw);
    assertClose(
        step.gradients().thresholds(), Golden.matrix(golden.get("grad_beta_raw")), TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void topKGatWithoutThresholdsIsGolden(String name) {
    JsonNode golden = Golden.read("topkgat_" + name + ".json");
    Golden.Graph graph = Golden.graph(name);
    int layers = golden.get("layers").asInt();
    double[][] raw = Golden.matrix(golden.get("beta_raw"));
    double[][] users = Golden.matrix(golden.get("zero_beta_final_user"));
    double[][] items = Golden.matrix(golden.get("zero_beta_final_item"));
    ReferenceEncoder.Final none =
        ReferencePropagation.topKGat(layers)
            .forward(graph.edges(), graph.users(), graph.items(), null);
    assertClose(none.users(), users, TOLERANCE);
    assertClose(none.items(), items, TOLERANCE);
    ReferenceEncoder.Final ignored =
        ReferencePropagation.topKGatWithoutThreshold(layers)
            .forward(graph.edges(), graph.users(), graph.items(), raw);
    assertClose(ignored.users(), users, TOLERANCE);
    assertClose(ignored.items(), items, TOLERANCE);
  }

  private static void assertFinal(
      JsonNode golden, Golden.Graph graph, ReferenceEncoder encoder, double[][] raw) {
    ReferenceEncoder.Final f = encoder.forward(graph.edges(), graph.users(), graph.items(), raw);
    assertClose(f.users(), Golden.matrix(golden.get("final_user")), TOLERANCE);
    assertClose(f.items(), Golden.matrix(golden.get("final_item")), TOLERANCE);
  }

  private static void assertLayerInputs(JsonNode golden, List<Layer> layers) {
    assertThat(layers).hasSize(golden.get("layers").asInt());
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      assertClose(layer.input().users(), Golden.matrix(golden.get("layer_user").get(l)), TOLERANCE);
      assertClose(layer.input().items(), Golden.matrix(golden.get("layer_item").get(l)), TOLERANCE);
    }
  }

  private static ReferenceObjective.Step assertObjective(
      JsonNode golden, Golden.Graph graph, ReferenceEncoder encoder, double[][] raw) {
    ReferenceObjective.Step step =
        new ReferenceObjective(encoder, graph.regLambda())
            .evaluate(graph.edges(), graph.users(), graph.items(), raw, graph.negatives());
    assertThat(step.bpr()).isCloseTo(golden.get("bpr_loss").asDouble(), within(TOLERANCE));
    assertThat(step.reg()).isCloseTo(golden.get("reg").asDouble(), within(TOLERANCE));
    assertThat(step.loss()).isCloseTo(golden.get("total_loss").asDouble(), within(TOLERANCE));
    assertClose(step.gradients().users(), Golden.matrix(golden.get("grad_user_emb")), TOLERANCE);
    assertClose(step.gradients().items(), Golden.matrix(golden.get("grad_item_emb")), TOLERANCE);
    return step;
  }
}
