// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.Load;
import org.junit.jupiter.api.Test;

class LearnerSettingsTest {

  @Test
  void howFullMiniStepsAreTellsHowALearnerKeepsUp() {
    LearnerSettings settings = Learners.settings(32, 100, false);

    assertThat(settings.load(2)).isEqualTo(Load.IDLE);
    assertThat(settings.load(3)).isEqualTo(Load.EVEN);
    assertThat(settings.load(31)).isEqualTo(Load.EVEN);
    assertThat(settings.load(32)).isEqualTo(Load.BEHIND);
  }

  @Test
  void miniStepsThatAreMadeByTimestampTellNothing() {
    LearnerSettings settings = Learners.settings(32, 100, true);

    assertThat(settings.load(1)).isEqualTo(Load.EVEN);
    assertThat(settings.load(100)).isEqualTo(Load.EVEN);
  }
}
