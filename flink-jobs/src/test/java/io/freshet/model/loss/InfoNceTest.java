// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.loss;

import static io.freshet.model.encoder.Doubles.assertClose;
import static io.freshet.model.encoder.Doubles.flat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.kernel.Kernels;
import io.freshet.reference.LossGradients;
import io.freshet.reference.RandomGraphs;
import io.freshet.reference.ReferenceInfoNce;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfoNceTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 17})
  void lossAndGradientsAreThoseOfTheReference(int nodes) {
    double[][] first = RandomGraphs.table(1, nodes, 5, 1);
    double[][] second = RandomGraphs.table(2, nodes, 5, 1);
    LossGradients expected = new ReferenceInfoNce(0.2).loss(first, second);

    float[] firstGradient = new float[nodes * 5];
    float[] secondGradient = new float[nodes * 5];
    double loss =
        new InfoNce(0.2, Kernels.cpu())
            .compute(nodes, 5, flat(first), flat(second), firstGradient, secondGradient);

    assertThat(loss).isCloseTo(expected.loss(), within(1e-5 * Math.max(1, expected.loss())));
    assertClose(firstGradient, expected.users());
    assertClose(secondGradient, expected.items());
  }

  @Test
  void aTemperatureOfZeroIsRefused() {
    assertThatThrownBy(() -> new InfoNce(0, Kernels.cpu())).hasMessageContaining("temperature");
  }
}
