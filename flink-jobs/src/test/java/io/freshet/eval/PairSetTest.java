// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PairSetTest {

  @Test
  void tellsNewPairsFromKnownOnesLikeAHashSet() {
    Random random = new Random(11);
    PairSet pairs = new PairSet();
    Set<Long> expected = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      int user = random.nextInt(200);
      int item = random.nextInt(100);
      assertThat(pairs.add(user, item)).isEqualTo(expected.add(user * 1000L + item));
    }
  }

  @Test
  void aPairIsOrdered() {
    PairSet pairs = new PairSet();
    assertThat(pairs.add(1, 2)).isTrue();
    assertThat(pairs.add(2, 1)).isTrue();
    assertThat(pairs.add(0, 0)).isTrue();
    assertThat(pairs.add(0, 0)).isFalse();
  }
}
