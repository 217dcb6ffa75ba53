// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModelOptionsTest {

  @Test
  void theBuilderStartsFromTheDefaults() {
    assertThat(ModelOptions.builder().build()).isEqualTo(ModelOptions.defaults());
    assertThat(ModelOptions.builder().dim(32).build().dim()).isEqualTo(32);
    assertThat(ModelOptions.defaults().dim()).isEqualTo(64);
  }

  @Test
  void aValueOutOfItsRangeIsNamed() {
    assertThatThrownBy(() -> ModelOptions.builder().recentNegatives(1.5f).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("recentNegatives must be from 0 to 1, is 1.5");
    assertThatThrownBy(() -> ModelOptions.builder().userLearningRate(Float.NaN).build())
        .hasMessageContaining("userLearningRate");
  }
}
