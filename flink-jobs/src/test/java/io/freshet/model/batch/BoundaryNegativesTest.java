// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.kernel.Kernels;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.NodeRows;
import org.junit.jupiter.api.Test;

class BoundaryNegativesTest {
  private static final NodeRows FIRST =
      new NodeRows(1, new float[] {1, -1}, new float[] {4, 3, 2, 1});
  private static final NodeRows SECOND =
      new NodeRows(1, new float[] {-1, 1}, new float[] {4, 3, 2, 1});

  /** User 0 has items 0 and 1, user 1 has item 2. */
  private final BipartiteGraph graph =
      BipartiteGraph.of(2, 4, new int[] {0, 0, 1}, new int[] {0, 1, 2});

  @Test
  void theItemAtRankKOfAllItemsIsDrawnWhetherTheUserHasItOrNot() {
    BoundaryNegatives negatives = new BoundaryNegatives(graph, 2, 1, Kernels.cpu());
    negatives.startEpoch(1, () -> FIRST);

    assertThat(drawn(negatives)).containsExactly(1, 1, 2);
  }

  @Test
  void aListStandsForTheGivenNumberOfEpochs() {
    BoundaryNegatives negatives = new BoundaryNegatives(graph, 1, 2, Kernels.cpu());
    negatives.startEpoch(1, () -> FIRST);
    negatives.startEpoch(2, () -> SECOND);
    assertThat(drawn(negatives)).containsExactly(0, 0, 3);

    negatives.startEpoch(3, () -> SECOND);
    assertThat(drawn(negatives)).containsExactly(3, 3, 0);
  }

  @Test
  void aRankBeyondTheItemsIsRefused() {
    assertThatThrownBy(() -> new BoundaryNegatives(graph, 5, 1, Kernels.cpu()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 items");
  }

  private int[] drawn(BoundaryNegatives negatives) {
    int[] out = new int[3];
    negatives.draw(graph.byUser(), 1, 1, out);
    return out;
  }
}
