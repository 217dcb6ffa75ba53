// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import static io.freshet.model.encoder.Doubles.assertClose;
import static io.freshet.model.encoder.Doubles.flat;
import static io.freshet.model.encoder.Doubles.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.kernel.Kernels;
import io.freshet.reference.EdgeList;
import io.freshet.reference.RandomGraphs;
import io.freshet.reference.RankformerOptions;
import io.freshet.reference.ReferenceEncoder;
import io.freshet.reference.ReferencePropagation;
import io.freshet.reference.ReferencePropagation.Output;
import io.freshet.reference.ReferenceRankformer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every encoder against the float64 reference on awkward graphs, forward and backward. */
class EncoderPropertyTest {

  private static final int DIM = 6;

  private record Pair(Encoder encoder, ReferenceEncoder reference) {}

  private static Map<String, Pair> encoders() {
    Map<String, Pair> pairs = new LinkedHashMap<>();
    pairs.put("mf", new Pair(new MatrixFactorisation(), ReferencePropagation.mf()));
    pairs.put(
        "lightgcn, mean",
        new Pair(new LightGcn(3, Readout.MEAN), ReferencePropagation.lightGcn(3, Output.MEAN)));
    pairs.put(
        "lightgcn, last",
        new Pair(new LightGcn(2, Readout.LAST), ReferencePropagation.lightGcn(2, Output.LAST)));
    pairs.put(
        "ngat4rec",
        new Pair(new Ngat4Rec(2, Readout.MEAN), ReferencePropagation.ngat4Rec(2, Output.MEAN)));
    pairs.put("topkgat", new Pair(new TopKGat(3), ReferencePropagation.topKGat(3)));
    pairs.put(
        "topkgat, softmax",
        new Pair(
            new TopKGat(2, TopKGat.Activation.SOFTMAX, false, 0),
            ReferencePropagation.topKGatSoftmax(2)));
    pairs.put(
        "topkgat, no threshold",
        new Pair(
            new TopKGat(3, TopKGat.Activation.BAND, false, 0),
            ReferencePropagation.topKGatWithoutThreshold(3)));
    RankformerOptions options = RankformerOptions.of(3, 0.4, 2);
    pairs.put("rankformer", new Pair(new Rankformer(3, 0.4), dense(options)));
    pairs.put(
        "rankformer, no benchmark",
        new Pair(new Rankformer(3, 0.4, 2, false, true, true), dense(options.withoutBenchmark())));
    pairs.put(
        "rankformer, no negative",
        new Pair(new Rankformer(3, 0.4, 2, true, false, true), dense(options.withoutNegative())));
    pairs.put(
        "rankformer, no normaliser",
        new Pair(new Rankformer(3, 0.4, 2, true, true, false), dense(options.withoutNormaliser())));
    return pairs;
  }

  private static ReferenceEncoder dense(RankformerOptions options) {
    return ReferenceRankformer.dense(options);
  }

  static Stream<Arguments> encodersOnGraphs() {
    Map<String, EdgeList> graphs = RandomGraphs.all(7);
    return encoders().keySet().stream()
        .flatMap(e -> graphs.keySet().stream().map(g -> Arguments.of(e, g)));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("encodersOnGraphs")
  void rowsAndGradientsAreThoseOfTheReference(String encoderName, String graphName) {
    Pair pair = encoders().get(encoderName);
    EdgeList edges = RandomGraphs.all(7).get(graphName);
    double[][] users = floats(RandomGraphs.table(1, edges.users(), DIM, 0.5));
    double[][] items = floats(RandomGraphs.table(2, edges.items(), DIM, 0.5));
    int layers = pair.encoder().thresholdsPerUser();
    double[][] raw = layers == 0 ? null : floats(RandomGraphs.table(3, edges.users(), layers, 1));
    double[][] userGradient = floats(RandomGraphs.table(4, edges.users(), DIM, 1));
    double[][] itemGradient = floats(RandomGraphs.table(5, edges.items(), DIM, 1));
    ReferenceEncoder.Final expected = pair.reference().forward(edges, users, items, raw);
    ReferenceEncoder.Gradients gradients = pair.reference().backward(userGradient, itemGradient);

    Parameters parameters =
        new Parameters(rows(users, items), raw == null ? new float[0] : flat(raw));
    for (int threads = 1; threads <= 2; threads++) {
      EncoderPass pass = pair.encoder().on(Doubles.graph(edges), DIM, Kernels.cpu(threads));
      NodeRows rows = pass.forward(parameters);
      assertClose(rows.users(), expected.users());
      assertClose(rows.items(), expected.items());
      Parameters out = parameters.zeroLike();
      pass.backward(rows(userGradient, itemGradient), out);
      assertClose(out.base().users(), gradients.users());
      assertClose(out.base().items(), gradients.items());
      if (raw != null) {
        assertClose(out.thresholds(), gradients.thresholds());
      }
      assertThat(pass.bytes()).isPositive();
    }
  }

  /** The values as a float32 encoder sees them. */
  private static double[][] floats(double[][] table) {
    for (double[] row : table) {
      for (int c = 0; c < row.length; c++) {
        row[c] = (float) row[c];
      }
    }
    return table;
  }
}
