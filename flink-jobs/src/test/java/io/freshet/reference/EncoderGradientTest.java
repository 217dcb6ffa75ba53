// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

import static io.freshet.reference.Matrices.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.reference.ReferencePropagation.Output;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Backward passes against central differences of a random linear function of the final vectors. */
class EncoderGradientTest {
  private static final int LAYERS = 2;
  private static final int DIM = 3;
  private static final RankformerOptions RANKFORMER = RankformerOptions.of(LAYERS, 0.4, 2);

  static Map<String, ReferenceEncoder> encoders() {
    return Map.ofEntries(
        Map.entry("mf", ReferencePropagation.mf()),
        Map.entry("lightgcn mean", ReferencePropagation.lightGcn(LAYERS, Output.MEAN)),
        Map.entry("lightgcn last", ReferencePropagation.lightGcn(LAYERS, Output.LAST)),
        Map.entry("ngat mean", ReferencePropagation.ngat4Rec(LAYERS, Output.MEAN)),
        Map.entry("ngat last", ReferencePropagation.ngat4Rec(LAYERS, Output.LAST)),
        Map.entry("topkgat", ReferencePropagation.topKGat(LAYERS)),
        Map.entry("topkgat softmax", ReferencePropagation.topKGatSoftmax(LAYERS)),
        Map.entry("topkgat no threshold", ReferencePropagation.topKGatWithoutThreshold(LAYERS)),
        Map.entry("rankformer", ReferenceRankformer.dense(RANKFORMER)),
        Map.entry(
            "rankformer no warm layer", ReferenceRankformer.dense(RANKFORMER.withoutWarmLayer())),
        Map.entry(
            "rankformer no benchmark", ReferenceRankformer.dense(RANKFORMER.withoutBenchmark())),
        Map.entry(
            "rankformer no negative", ReferenceRankformer.dense(RANKFORMER.withoutNegative())),
        Map.entry(
            "rankformer no normaliser", ReferenceRankformer.dense(RANKFORMER.withoutNormaliser())));
  }

  static String[] names() {
    return encoders().keySet().stream().sorted().toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("names")
  void gradientsAreTheSlopesOnEveryGraph(String name) {
    ReferenceEncoder encoder = encoders().get(name);
    RandomGraphs.all(11).forEach((shape, g) -> assertSlopes(encoder, !isRankformer(name), g));
  }

  private static boolean isRankformer(String name) {
    return name.startsWith("rankformer");
  }

  private static void assertSlopes(ReferenceEncoder encoder, boolean thresholded, EdgeList g) {
    double[][] users = RandomGraphs.table(1, g.users(), DIM, 1);
    double[][] items = RandomGraphs.table(2, g.items(), DIM, 1);
    double[][] thresholds = thresholded ? RandomGraphs.table(3, g.users(), LAYERS, 1) : null;
    double[][] byUsers = RandomGraphs.table(4, g.users(), DIM, 1);
    double[][] byItems = RandomGraphs.table(5, g.items(), DIM, 1);
    encoder.forward(g, users, items, thresholds);
    ReferenceEncoder.Gradients grad = encoder.backward(byUsers, byItems);
    DoubleSupplier loss =
        () -> {
          ReferenceEncoder.Final f = encoder.forward(g, users, items, thresholds);
          return inner(f.users(), byUsers) + inner(f.items(), byItems);
        };
    assertClose(grad.users(), CentralDifferences.of(users, loss), 1e-8);
    assertClose(grad.items(), CentralDifferences.of(items, loss), 1e-8);
    if (thresholded) {
      assertClose(grad.thresholds(), CentralDifferences.of(thresholds, loss), 1e-8);
    } else {
      assertThat(grad.thresholds()).isNull();
    }
  }

  private static double inner(double[][] a, double[][] b) {
    double sum = 0;
    for (int r = 0; r < a.length; r++) {
      sum += Rows.dot(a[r], b[r]);
    }
    return sum;
  }

  @Test
  void noEncoderChangesItsArguments() {
    EdgeList g = RandomGraphs.powerLaw(3, 6, 7, 20);
    encoders()
        .forEach(
            (name, encoder) -> {
              double[][] users = RandomGraphs.table(1, g.users(), DIM, 1);
              double[][] items = RandomGraphs.table(2, g.items(), DIM, 1);
              ReferenceEncoder.Final f = encoder.forward(g, users, items, null);
              encoder.backward(f.users(), f.items());
              assertThat(users).isDeepEqualTo(RandomGraphs.table(1, g.users(), DIM, 1));
              assertThat(items).isDeepEqualTo(RandomGraphs.table(2, g.items(), DIM, 1));
            });
  }

  @Test
  void aThresholdCancelsOutInASoftmax() {
    EdgeList g = RandomGraphs.powerLaw(3, 6, 7, 20);
    ReferenceEncoder encoder = ReferencePropagation.topKGatSoftmax(LAYERS);
    double[][] users = RandomGraphs.table(1, g.users(), DIM, 1);
    double[][] items = RandomGraphs.table(2, g.items(), DIM, 1);
    ReferenceEncoder.Final with =
        encoder.forward(g, users, items, RandomGraphs.table(3, g.users(), LAYERS, 1));
    ReferenceEncoder.Final without = encoder.forward(g, users, items, null);
    assertClose(with.users(), without.users(), 1e-12);
    assertClose(with.items(), without.items(), 1e-12);
  }
}
