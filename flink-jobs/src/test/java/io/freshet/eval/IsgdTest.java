// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IsgdTest {

  @Test
  void oneStepMovesTheScoreAsTheUpdateRuleSays() {
    double init = 0.1;
    Isgd isgd = new Isgd("isgd", init, 3);
    double before = isgd.scores(0, 0, 2)[0];
    double other = isgd.scores(0, 0, 2)[1];
    double[] p = gaussians(3, init);
    double[] q = gaussians(~3, init);

    isgd.learn(0, 0, 0, false);

    double error = 1 - dot(p, q);
    for (int f = 0; f < p.length; f++) {
      p[f] += 0.05 * (error * q[f] - 0.01 * p[f]);
      q[f] += 0.05 * (error * p[f] - 0.01 * q[f]);
    }
    double[] after = isgd.scores(0, 0, 2).clone();
    assertThat(before).isCloseTo(1 - error, within(1e-5));
    assertThat(after[0]).isCloseTo(dot(p, q), within(1e-5));
    assertThat(after[1]).isNotEqualTo(other);
  }

  @Test
  void manyStepsBringTheScoreOfAPositiveNearOne() {
    Isgd isgd = new Isgd("isgd", 0.1, 1);
    for (int i = 0; i < 1_000; i++) {
      isgd.learn(0, 0, 0, true);
    }
    assertThat(isgd.scores(0, 0, 1)[0]).isBetween(0.95, 1.0);
  }

  @Test
  void equalSeedsGiveEqualScores() {
    Isgd one = new Isgd("isgd", 0.1, 5);
    Isgd same = new Isgd("isgd", 0.1, 5);
    Isgd other = new Isgd("isgd", 0.1, 6);

    assertThat(one.scores(3, 0, 1)[0]).isEqualTo(same.scores(3, 0, 1)[0]);
    assertThat(one.scores(3, 0, 1)[0]).isNotEqualTo(other.scores(3, 0, 1)[0]);
  }

  private static double[] gaussians(long seed, double deviation) {
    Random random = new Random(seed);
    double[] values = new double[64];
    for (int f = 0; f < values.length; f++) {
      values[f] = deviation * random.nextGaussian();
    }
    return values;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int f = 0; f < a.length; f++) {
      sum += a[f] * b[f];
    }
    return sum;
  }
}
