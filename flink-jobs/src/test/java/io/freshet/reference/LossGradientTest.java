// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

import static io.freshet.reference.Matrices.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Gradients of the losses against central differences, and their values where those are known. */
class LossGradientTest {
  private static final int DIM = 3;

  private final EdgeList g = RandomGraphs.powerLaw(7, 5, 8, 18);
  private final double[][] users = RandomGraphs.table(1, g.users(), DIM, 1);
  private final double[][] items = RandomGraphs.table(2, g.items(), DIM, 1);

  private int[] drawItems(int count) {
    return new Random(3).ints(count, 0, g.items()).toArray();
  }

  private int[][] drawNegatives(int rows) {
    int[] drawn = drawItems(rows * 4);
    int[][] negatives = new int[rows][];
    Arrays.setAll(negatives, e -> Arrays.copyOfRange(drawn, 4 * e, 4 * e + 4));
    return negatives;
  }

  private static void assertSlopes(
      double[][] a, double[][] b, BiFunction<double[][], double[][], LossGradients> loss) {
    LossGradients grad = loss.apply(a, b);
    assertClose(grad.users(), CentralDifferences.of(a, () -> loss.apply(a, b).loss()), 1e-9);
    assertClose(grad.items(), CentralDifferences.of(b, () -> loss.apply(a, b).loss()), 1e-9);
  }

  @Test
  void bprHasTheSlopesOfItsValue() {
    int[] negatives = drawItems(g.size());
    assertSlopes(users, items, (fu, fi) -> ReferenceBpr.loss(g, fu, fi, negatives));
    assertSlopes(users, items, (eu, ei) -> ReferenceBpr.regularisation(g, eu, ei, negatives));
  }

  @Test
  void sampledSoftmaxHasTheSlopesOfItsValue() {
    ReferenceSampledSoftmax softmax = new ReferenceSampledSoftmax(0.7);
    int[][] perEdge = drawNegatives(g.size());
    int[][] shared = drawNegatives(1);
    assertSlopes(users, items, (fu, fi) -> softmax.loss(g, fu, fi, perEdge));
    assertSlopes(users, items, (fu, fi) -> softmax.loss(g, fu, fi, shared));
  }

  @Test
  void sharedNegativesAreThoseOfEveryEdge() {
    ReferenceSampledSoftmax softmax = new ReferenceSampledSoftmax(0.7);
    int[][] shared = drawNegatives(1);
    int[][] repeated = new int[g.size()][];
    Arrays.fill(repeated, shared[0]);
    LossGradients expected = softmax.loss(g, users, items, repeated);
    LossGradients actual = softmax.loss(g, users, items, shared);
    assertThat(actual.loss()).isEqualTo(expected.loss());
    assertThat(actual.users()).isDeepEqualTo(expected.users());
    assertThat(actual.items()).isDeepEqualTo(expected.items());
  }

  @Test
  void sampledSoftmaxWithOneNegativeIsBpr() {
    int[] negatives = drawItems(g.size());
    int[][] rows = new int[g.size()][];
    Arrays.setAll(rows, e -> new int[] {negatives[e]});
    LossGradients bpr = ReferenceBpr.loss(g, users, items, negatives);
    LossGradients softmax = new ReferenceSampledSoftmax(1).loss(g, users, items, rows);
    assertThat(softmax.loss()).isCloseTo(bpr.loss(), within(1e-12));
    assertClose(softmax.users(), bpr.users(), 1e-12);
    assertClose(softmax.items(), bpr.items(), 1e-12);
  }

  @Test
  void sampledSoftmaxSurvivesScoresThatOverflowExp() {
    double[][] far = RandomGraphs.table(1, g.users(), DIM, 1e4);
    assertThat(new ReferenceSampledSoftmax(0.1).loss(g, far, items, drawNegatives(1)).loss())
        .isFinite()
        .isPositive();
  }

  @Test
  void infoNceHasTheSlopesOfItsValue() {
    ReferenceInfoNce infoNce = new ReferenceInfoNce(0.15);
    assertSlopes(users, RandomGraphs.table(9, g.users(), DIM, 1), infoNce::loss);
  }

  @Test
  void infoNceOfViewsThatTellNothingIsTheLogOfTheirNumber() {
    double[][] same = new double[6][DIM];
    for (double[] row : same) {
      row[1] = 0.5;
    }
    assertThat(new ReferenceInfoNce(0.15).loss(same, same).loss())
        .isCloseTo(Math.log(6), within(1e-12));
  }

  @Test
  void precisionHasTheSlopesOfItsValue() {
    ReferencePrecisionAtK precision = new ReferencePrecisionAtK(3, 0.5, 0.8);
    double[][] thresholds = {RandomGraphs.table(4, 1, g.users(), 1)[0]};
    ReferencePrecisionAtK.Result grad = precision.loss(g, users, items, thresholds[0]);
    assertSlopes(
        users,
        items,
        (fu, fi) -> {
          ReferencePrecisionAtK.Result result = precision.loss(g, fu, fi, thresholds[0]);
          return new LossGradients(result.loss(), result.users(), result.items());
        });
    assertClose(
        new double[][] {grad.thresholds()},
        CentralDifferences.of(
            thresholds, () -> precision.loss(g, users, items, thresholds[0]).loss()),
        1e-9);
  }

  /** At a low temperature the list is what scores above the threshold: here K items, one hit. */
  @Test
  void precisionIsThatOfTheListAboveTheThreshold() {
    double[][] one = {{1}};
    double[][] scores = {{4}, {3}, {2}, {1}};
    EdgeList edges = new EdgeList(1, 4, new int[] {0, 0}, new int[] {1, 3});
    double[] threshold = {2.5};
    assertThat(new ReferencePrecisionAtK(2, 1e-2, 1).loss(edges, one, scores, threshold).loss())
        .isCloseTo(-0.5, within(1e-12));
  }

  @Test
  void aListOfAnotherLengthThanKIsPunished() {
    double[][] one = {{1}};
    double[][] scores = {{4}, {3}, {2}, {1}};
    EdgeList edges = new EdgeList(1, 4, new int[] {0}, new int[] {3});
    double[] threshold = {1.5};
    // Three in a list of two and no hit: (3/2 - 1)^2.
    assertThat(new ReferencePrecisionAtK(2, 1e-2, 4).loss(edges, one, scores, threshold).loss())
        .isCloseTo(4 * 0.25, within(1e-12));
  }
}
