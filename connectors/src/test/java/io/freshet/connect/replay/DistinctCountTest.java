// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DistinctCountTest {

  @Test
  void isExactUpToItsCapacityHoweverOftenEachIsAdded() {
    DistinctCount count = new DistinctCount(5000);
    for (int i = 0; i < 20_000; i++) {
      count.add("id-" + i % 5000);
    }
    assertThat(count.count()).isEqualTo(5000);
  }

  @Test
  void isAnEstimateBeyondIt() {
    DistinctCount count = new DistinctCount(5000);
    for (int i = 0; i < 300_000; i++) {
      count.add("id-" + i % 150_000);
    }
    // About 3,750 samples stand for the whole: 1.6% standard deviation.
    assertThat((double) count.count()).isCloseTo(150_000, within(8_000.0));
  }
}
