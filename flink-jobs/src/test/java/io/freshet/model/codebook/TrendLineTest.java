// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrendLineTest {

  @Test
  void goesOnAStraightLine() {
    TrendLine line = new TrendLine(50);
    assertThat(line.next()).isZero();
    line.add(7);
    assertThat(line.next()).isEqualTo(7);
    for (int i = 1; i < 1000; i++) {
      line.add(7 - 3 * i);
      assertThat(line.next()).isEqualTo(7 - 3 * (i + 1.0), within(1e-6));
    }
  }

  /** The normal equations, solved over all observations with their weights. */
  @Test
  void isTheWeightedLeastSquaresFit() {
    double[] x = {3, 1, 4, 1, 5, 9, 2, 6};
    TrendLine line = new TrendLine(4);
    double w = 0;
    double t = 0;
    double tt = 0;
    double y = 0;
    double ty = 0;
    for (int i = 0; i < x.length; i++) {
      line.add(x[i]);
      double weight = Math.pow(0.75, x.length - 1 - i);
      w += weight;
      t += weight * i;
      tt += weight * i * i;
      y += weight * x[i];
      ty += weight * i * x[i];
    }
    double slope = (w * ty - t * y) / (w * tt - t * t);

    assertThat(line.mean()).isEqualTo(y / w, within(1e-12));
    assertThat(line.next()).isEqualTo(y / w + slope * (x.length - t / w), within(1e-9));
  }

  @Test
  void goesOnFromItsState() {
    TrendLine line = new TrendLine(10);
    for (int i = 0; i < 30; i++) {
      line.add(i % 7);
    }
    double[] state = new double[TrendLine.STATE + 2];
    line.write(state, 2);
    TrendLine restored = new TrendLine(10);
    restored.read(state, 2);
    line.add(2);
    restored.add(2);
    assertThat(restored.next()).isEqualTo(line.next());
    restored.reset();
    assertThat(restored.next()).isZero();
  }
}
