// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomGraphsTest {

  @Test
  void aSeedGivesTheSameGraphsAgainAndAnotherSeedGivesOthers() {
    RandomGraphs.all(4)
        .forEach((name, g) -> assertThat(RandomGraphs.all(4).get(name).user()).isEqualTo(g.user()));
    assertThat(RandomGraphs.powerLaw(4, 9, 12, 40).item())
        .isNotEqualTo(RandomGraphs.powerLaw(5, 9, 12, 40).item());
  }

  @Test
  void aPowerLawHasAHeadAndATail() {
    EdgeList g = RandomGraphs.powerLaw(1, 300, 500, 6000);
    for (int[] degrees : List.of(g.userDegrees(), g.itemDegrees())) {
      int[] sorted = degrees.clone();
      Arrays.sort(sorted);
      assertThat(sorted[sorted.length - 1]).isGreaterThan(20 * sorted[sorted.length / 2]);
    }
  }

  @Test
  void onlyDuplicatesRepeatAPair() {
    EdgeList distinct = RandomGraphs.distinct(2, 7, 8, 20);
    assertThat(pairs(distinct)).hasSize(20);
    EdgeList duplicates = RandomGraphs.duplicates(2, 6, 5, 12);
    assertThat(pairs(duplicates)).hasSize(12);
    assertThat(duplicates.size()).isEqualTo(26);
  }

  @Test
  void isolatedNodesHaveNoEdgeOnEitherSide() {
    EdgeList g = RandomGraphs.isolatedNodes(3, 9, 8, 15);
    for (int odd = 1; odd < 8; odd += 2) {
      assertThat(g.userDegrees()[odd]).isZero();
      assertThat(g.itemDegrees()[odd]).isZero();
    }
    assertThat(g.size()).isEqualTo(15);
  }

  private static Set<List<Integer>> pairs(EdgeList g) {
    Set<List<Integer>> pairs = new HashSet<>();
    for (int e = 0; e < g.size(); e++) {
      pairs.add(List.of(g.user()[e], g.item()[e]));
    }
    return pairs;
  }
}
