// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The linear-time form against the dense one, forward and backward. */
class LinearRankformerTest {
  private static final int DIM = 5;
  private static final double TOLERANCE = 1e-9;

  /** Under 2 an edge may push and a pair without one may pull, so that C's max(0, .) cuts off. */
  @ParameterizedTest
  @ValueSource(doubles = {2, 2.5, 0.8, 0.2})
  void bothFormsAgreeOnEveryGraphUnderEveryAblation(double alpha) {
    for (int layers = 1; layers <= 3; layers++) {
      RankformerOptions full = RankformerOptions.of(layers, 0.4, alpha);
      for (RankformerOptions options :
          List.of(
              full,
              full.withoutWarmLayer(),
              full.withoutBenchmark(),
              full.withoutNegative(),
              full.withoutNormaliser(),
              full.withoutBenchmark().withoutNegative().withoutNormaliser())) {
        for (long seed = 0; seed < 5; seed++) {
          for (Map.Entry<String, EdgeList> shape : RandomGraphs.all(seed).entrySet()) {
            assertSame(options, seed, shape.getKey(), shape.getValue());
          }
        }
      }
    }
  }

  private static void assertSame(RankformerOptions options, long seed, String shape, EdgeList g) {
    double[][] users = RandomGraphs.table(seed + 1, g.users(), DIM, 1);
    double[][] items = RandomGraphs.table(seed + 2, g.items(), DIM, 1);
    double[][] byUsers = RandomGraphs.table(seed + 3, g.users(), DIM, 1);
    double[][] byItems = RandomGraphs.table(seed + 4, g.items(), DIM, 1);
    ReferenceRankformer dense = ReferenceRankformer.dense(options);
    ReferenceRankformer linear = ReferenceRankformer.linear(options);
    String name = shape + ", seed " + seed + ", " + options;
    assertClose(name, linear.forward(g, users, items, null), dense.forward(g, users, items, null));
    ReferenceEncoder.Gradients expected = dense.backward(byUsers, byItems);
    ReferenceEncoder.Gradients actual = linear.backward(byUsers, byItems);
    assertClose(
        name,
        new ReferenceEncoder.Final(actual.users(), actual.items()),
        new ReferenceEncoder.Final(expected.users(), expected.items()));
  }

  private static void assertClose(
      String name, ReferenceEncoder.Final actual, ReferenceEncoder.Final expected) {
    try {
      Matrices.assertClose(actual.users(), expected.users(), TOLERANCE);
      Matrices.assertClose(actual.items(), expected.items(), TOLERANCE);
    } catch (AssertionError e) {
      throw new AssertionError(name, e);
    }
  }

  @Test
  void aSmallMarginCutsOffBothTermsOfTheNormaliser() {
    RankformerOptions options = RankformerOptions.of(1, 0.4, 0.2);
    DenseRankformer layer = new DenseRankformer(options);
    EdgeList g = RandomGraphs.distinct(1, 7, 8, 20);
    layer.forward(
        g,
        new ReferenceEncoder.Final(
            RandomGraphs.table(1, g.users(), DIM, 1), RandomGraphs.table(2, g.items(), DIM, 1)));
    assertThat(Arrays.stream(layer.itemBlend().pull()).min().getAsDouble()).isNegative();
    assertThat(Arrays.stream(layer.itemBlend().push()).max().getAsDouble()).isPositive();
  }

  /** As doubles the matrix of all pairs would take 3.2 GB here. */
  @Test
  void noMatrixOfAllPairsIsNeeded() {
    EdgeList g = RandomGraphs.powerLaw(5, 20_000, 20_000, 60_000);
    ReferenceRankformer linear = ReferenceRankformer.linear(RankformerOptions.of(2, 0.4, 2));
    ReferenceEncoder.Final f =
        linear.forward(
            g,
            RandomGraphs.table(1, g.users(), DIM, 0.1),
            RandomGraphs.table(2, g.items(), DIM, 0.1),
            null);
    ReferenceEncoder.Gradients grad = linear.backward(f.users(), f.items());
    for (double[][] table : List.of(f.users(), f.items(), grad.users(), grad.items())) {
      for (double[] row : table) {
        assertThat(Double.isFinite(Rows.dot(row, row))).isTrue();
      }
    }
  }
}
