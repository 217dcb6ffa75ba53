// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.kernel.Kernels;
import io.freshet.reference.EdgeList;
import io.freshet.reference.RandomGraphs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A part of a graph, the rest of which enters as stored rows. */
class OutsideTest {

  private static final int DIM = 5;

  private final Kernels kernels = Kernels.cpu();
  private final EdgeList edges = RandomGraphs.powerLaw(11, 20, 15, 90);
  private final BipartiteGraph graph = Doubles.graph(edges);

  static Stream<Encoder> encoders() {
    return Stream.of(
        new LightGcn(3, Readout.LAST),
        new LightGcn(2, Readout.MEAN),
        new Ngat4Rec(2, Readout.MEAN),
        new TopKGat(3),
        new Rankformer(2, 0.5));
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void aFewUsersFoldedInAgainstStoredItemsGetTheRowsOfTheWholeGraph(Encoder encoder) {
    Parameters all = parameters(encoder);
    EncoderPass whole = encoder.on(graph, DIM, kernels);
    NodeRows expected = whole.forward(all);
    int[] chosen = {3, 0, 7};

    Part part = usersAlone(encoder, whole, all, chosen);
    NodeRows rows = encoder.on(part.graph, part.outside, DIM, kernels).forward(part.parameters);

    for (int b = 0; b < chosen.length; b++) {
      for (int c = 0; c < DIM; c++) {
        assertThat(rows.users()[b * DIM + c])
            .isCloseTo(expected.users()[chosen[b] * DIM + c], within(1e-5f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void aStepOnAPartLowersItsLossAndLeavesTheOutsideAlone(Encoder encoder) {
    Parameters all = parameters(encoder);
    EncoderPass whole = encoder.on(graph, DIM, kernels);
    whole.forward(all);
    int insideUsers = 8;
    int insideItems = 6;
    Outside outside = new Outside(insideUsers, insideItems, layers(whole, encoder), sums(whole));
    EncoderPass part = encoder.on(graph, outside, DIM, kernels);

    // Pull the inside users' final rows to a fixed point: the loss is |f_u - target|^2 / 2.
    double before = distance(part.forward(all), insideUsers);
    NodeRows gradient = all.base().zeroLike();
    NodeRows rows = part.forward(all);
    for (int k = 0; k < insideUsers * DIM; k++) {
      gradient.users()[k] = rows.users()[k] - 1f;
    }
    // Whatever a caller has in the gradient of outside rows must not flow.
    Arrays.fill(gradient.users(), insideUsers * DIM, gradient.users().length, 1e3f);
    Arrays.fill(gradient.items(), insideItems * DIM, gradient.items().length, 1e3f);
    Parameters out = all.zeroLike();
    part.backward(gradient, out);

    assertThat(Arrays.copyOfRange(out.base().users(), insideUsers * DIM, out.base().users().length))
        .containsOnly(0f);
    assertThat(Arrays.copyOfRange(out.base().items(), insideItems * DIM, out.base().items().length))
        .containsOnly(0f);
    double squared =
        squares(out.base().users()) + squares(out.base().items()) + squares(out.thresholds());
    float step = (float) (1e-3 / Math.sqrt(squared));
    Parameters moved = all.copy();
    move(moved.base().users(), step, out.base().users());
    move(moved.base().items(), step, out.base().items());
    move(moved.thresholds(), step, out.thresholds());
    double slope = (before - distance(part.forward(moved), insideUsers)) / step;
    // The gradient predicts the change of the loss, whichever rows are constant.
    assertThat(slope).isCloseTo(squared, within(0.03 * squared + 1e-3));
  }

  private static double squares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }

  private static void move(float[] values, float step, float[] gradient) {
    for (int k = 0; k < values.length; k++) {
      values[k] -= step * gradient[k];
    }
  }

  private static double distance(NodeRows rows, int users) {
    double sum = 0;
    for (int k = 0; k < users * DIM; k++) {
      sum += (rows.users()[k] - 1.0) * (rows.users()[k] - 1.0) / 2;
    }
    return sum;
  }

  private record Part(BipartiteGraph graph, Outside outside, Parameters parameters) {}

  private Part usersAlone(Encoder encoder, EncoderPass whole, Parameters all, int[] chosen) {
    List<Integer> users = new ArrayList<>();
    List<Integer> items = new ArrayList<>();
    int[] degrees = new int[chosen.length];
    for (int b = 0; b < chosen.length; b++) {
      for (int p = graph.byUser().start(chosen[b]); p < graph.byUser().start(chosen[b] + 1); p++) {
        users.add(b);
        items.add(graph.byUser().column(p));
      }
      degrees[b] = graph.userDegrees()[chosen[b]];
    }
    BipartiteGraph own =
        BipartiteGraph.of(
            chosen.length,
            graph.items(),
            users.stream().mapToInt(Integer::intValue).toArray(),
            items.stream().mapToInt(Integer::intValue).toArray());
    BipartiteGraph part =
        new BipartiteGraph(own.byUser(), own.byItem(), degrees, graph.itemDegrees());
    List<NodeRows> stored = new ArrayList<>();
    for (NodeRows layer : layers(whole, encoder)) {
      stored.add(new NodeRows(DIM, new float[chosen.length * DIM], layer.items().clone()));
    }
    int width = encoder.thresholdsPerUser();
    Parameters parameters = Parameters.zero(encoder, chosen.length, graph.items(), DIM);
    for (int b = 0; b < chosen.length; b++) {
      System.arraycopy(
          all.base().users(), chosen[b] * DIM, parameters.base().users(), b * DIM, DIM);
      System.arraycopy(
          all.thresholds(), chosen[b] * width, parameters.thresholds(), b * width, width);
    }
    return new Part(part, new Outside(chosen.length, 0, stored, sums(whole)), parameters);
  }

  private static List<NodeRows> layers(EncoderPass whole, Encoder encoder) {
    List<NodeRows> layers = new ArrayList<>();
    int count = encoder instanceof Rankformer ? encoder.layers() + 1 : encoder.layers();
    for (int l = 0; l < count; l++) {
      layers.add(whole.layer(l).copy());
    }
    return layers;
  }

  private static List<RankformerSums> sums(EncoderPass whole) {
    return whole instanceof RankformerPass rankformer ? rankformer.sums() : List.of();
  }

  private Parameters parameters(Encoder encoder) {
    return new Parameters(
        Doubles.rows(
            RandomGraphs.table(1, edges.users(), DIM, 0.5),
            RandomGraphs.table(2, edges.items(), DIM, 0.5)),
        Doubles.flat(RandomGraphs.table(3, edges.users(), encoder.thresholdsPerUser(), 1)));
  }
}
