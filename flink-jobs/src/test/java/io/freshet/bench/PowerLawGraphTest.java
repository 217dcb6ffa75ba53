// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.encoder.BipartiteGraph;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PowerLawGraphTest {

  private final PowerLawGraph shape = new PowerLawGraph(121_000);

  @Test
  void theGraphHasTheProportionsOfAliDisplay() {
    BipartiteGraph graph = shape.generate(1);
    assertThat(graph.edges()).isEqualTo(121_000);
    assertThat(graph.users()).isEqualTo(17_730);
    assertThat(graph.items()).isEqualTo(10_036);
  }

  @Test
  void aHundredthOfTheItemsHasAFifthOfTheEdgesAndEveryUserHasOne() {
    BipartiteGraph graph = shape.generate(1);
    int[] degrees = graph.itemDegrees().clone();
    Arrays.sort(degrees);
    int popular = Arrays.stream(degrees, degrees.length - 100, degrees.length).sum();
    // Skew 3: the share of the first p of the ranks is the cube root of p.
    assertThat(popular / 121_000.0).isBetween(0.20, 0.23);
    assertThat(Arrays.stream(graph.userDegrees()).min()).hasValue(1);
    assertThat(Arrays.stream(graph.userDegrees()).max().orElseThrow()).isGreaterThan(100);
  }

  @Test
  void popularItemsDoNotLieSideBySide() {
    int[] degrees = shape.generate(1).itemDegrees();
    int firstTenth = Arrays.stream(degrees, 0, degrees.length / 10).sum();
    assertThat(firstTenth / 121_000.0).isBetween(0.05, 0.2);
  }

  @Test
  void aSeedNamesAGraph() {
    int[] once = shape.generate(3).itemDegrees();
    assertThat(shape.generate(3).itemDegrees()).isEqualTo(once);
    assertThat(shape.generate(4).itemDegrees()).isNotEqualTo(once);
  }
}
