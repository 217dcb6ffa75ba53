// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import static io.freshet.model.encoder.Doubles.assertClose;
import static io.freshet.model.encoder.Doubles.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.kernel.Kernels;
import io.freshet.model.loss.Bpr;
import io.freshet.model.loss.EdgeBatch;
import io.freshet.model.loss.RowGradient;
import io.freshet.reference.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The float32 encoders against the golden vectors, gradients and cold nodes (graph B) included. */
class GoldenEncoderTest {

  private final Kernels kernels = Kernels.cpu();

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void mfIsGolden(String name) {
    assertGolden(name, Golden.read("mf_bpr_" + name + ".json"), new MatrixFactorisation());
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void lightGcnIsGolden(String name) {
    JsonNode golden = Golden.read("lightgcn_" + name + ".json");
    int layers = golden.get("layers").asInt();
    assertGolden(name, golden, new LightGcn(layers, Readout.MEAN));

    Golden.Graph graph = Golden.graph(name);
    NodeRows last =
        new LightGcn(layers, Readout.LAST)
            .on(Doubles.graph(graph.edges()), 4, kernels)
            .forward(new Parameters(rows(graph.users(), graph.items()), new float[0]));
    assertClose(last.users(), Golden.matrix(golden.get("layer_user").get(layers)));
    assertClose(last.items(), Golden.matrix(golden.get("layer_item").get(layers)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void topKGatIsGolden(String name) {
    JsonNode golden = Golden.read("topkgat_" + name + ".json");
    int layers = golden.get("layers").asInt();
    assertGolden(name, golden, new TopKGat(layers));

    Golden.Graph graph = Golden.graph(name);
    NodeRows zero =
        new TopKGat(layers, TopKGat.Activation.BAND, false, 0)
            .on(Doubles.graph(graph.edges()), 4, kernels)
            .forward(new Parameters(rows(graph.users(), graph.items()), new float[0]));
    assertClose(zero.users(), Golden.matrix(golden.get("zero_beta_final_user")));
    assertClose(zero.items(), Golden.matrix(golden.get("zero_beta_final_item")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void rankformerIsGolden(String name) {
    JsonNode golden = Golden.read("rankformer_" + name + ".json");
    assertGolden(
        name,
        golden,
        new Rankformer(
            golden.get("layers").asInt(),
            golden.get("tau").asDouble(),
            golden.get("alpha").asDouble(),
            true,
            true,
            true));
  }

  private void assertGolden(String name, JsonNode golden, Encoder encoder) {
    Golden.Graph graph = Golden.graph(name);
    BipartiteGraph edges = Doubles.graph(graph.edges());
    float[] thresholds =
        golden.has("beta_raw") ? Doubles.flat(Golden.matrix(golden.get("beta_raw"))) : new float[0];
    Parameters parameters = new Parameters(rows(graph.users(), graph.items()), thresholds);
    EncoderPass pass = encoder.on(edges, 4, kernels);
    NodeRows rows = pass.forward(parameters);
    if (golden.has("final_user")) {
      assertClose(rows.users(), Golden.matrix(golden.get("final_user")));
      assertClose(rows.items(), Golden.matrix(golden.get("final_item")));
    }

    EdgeBatch batch = EdgeBatch.of(edges, Doubles.byUser(graph.edges(), graph.negatives()), 1);
    RowGradient loss = new RowGradient(kernels);
    NodeRows gradient = rows.zeroLike();
    double bpr = loss.compute(batch, new Bpr(), rows, gradient);
    assertThat(bpr).isCloseTo(golden.get("bpr_loss").asDouble(), within(1e-6));
    Parameters out = parameters.zeroLike();
    pass.backward(gradient, out);
    double reg = loss.addSquaredNorms(batch, graph.regLambda(), parameters.base(), out.base());
    assertThat(bpr + reg).isCloseTo(golden.get("total_loss").asDouble(), within(1e-6));
    assertClose(out.base().users(), Golden.matrix(golden.get("grad_user_emb")));
    assertClose(out.base().items(), Golden.matrix(golden.get("grad_item_emb")));
    if (golden.has("grad_beta_raw")) {
      assertClose(out.thresholds(), Golden.matrix(golden.get("grad_beta_raw")));
    }
  }
}
