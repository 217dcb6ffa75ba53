// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QualityCurveTest {

  @Test
  void tenthsAreConsecutivePartsOfEqualSize() {
    QualityCurve curve = new QualityCurve();
    for (int i = 0; i < 40; i++) {
      curve.add(i < 4 ? 1 : QualityTotals.MISS, true);
    }

    assertThat(curve.tenths()).hasSize(10).allMatch(part -> part.warm().n() == 4);
    assertThat(curve.tenths().get(0).warm().recall20()).isEqualTo(1);
    assertThat(curve.tenths().get(1).warm().recall20()).isZero();
  }

  @Test
  void tenthsOfALongStreamAddUpToItsTotalAndStayNearlyEqual() {
    QualityCurve curve = new QualityCurve();
    int events = 100_003;
    for (int i = 0; i < events; i++) {
      curve.add(i % 3 == 0 ? 1 : QualityTotals.MISS, i % 2 == 0);
    }

    QualityTotals sum = new QualityTotals();
    for (QualityTotals part : curve.tenths()) {
      assertThat(part.all().n()).isBetween(events / 10 - 150L, events / 10 + 150L);
      sum.add(part);
    }
    assertThat(sum.all()).isEqualTo(curve.total().all());
    assertThat(sum.warm()).isEqualTo(curve.total().warm());
    assertThat(sum.all().n()).isEqualTo(events);
  }
}
