// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FeatureScaleTest {

  @Test
  void beforeTheFirstListFeaturesStayAsTheyAre() {
    FeatureScale scale = new FeatureScale(2);
    assertThat(scaled(scale, 1, -200, 0, 1e6f)).containsExactly(1, -200, 0, 1e6f);
  }

  @Test
  void theFirstListIsBroughtToMeanZeroAndVarianceOne() {
    FeatureScale scale = new FeatureScale(2);
    float[] x = {1, 60, 3, 20, 1, 40, 3, 40};
    scale.observe(x, 4);
    float far = (float) (20 / Math.sqrt(200));
    assertThat(scaled(scale, x))
        .containsExactly(new float[] {-1, far, 1, -far, -1, 0, 1, 0}, near());
  }

  @Test
  void listsCountAlikeWhateverTheirLength() {
    FeatureScale scale = new FeatureScale(1);
    scale.observe(new float[] {2, 4}, 2);
    scale.observe(new float[] {6, 6, 6, 6, 6}, 5);
    scale.observe(new float[] {9}, 1);
    // Means 3, 4.5, 6; spreads about them 1, 1.5^2, 3^2.
    float deviation = (float) Math.sqrt((1 + 2.25 + 9) / 3);
    assertThat(scaled(scale, 6, 6 + deviation, 6 - 2 * deviation))
        .containsExactly(new float[] {0, 1, -2}, near());
  }

  @Test
  void aLongStreamShowsItsMeanAndVariance() {
    Random random = new Random(53);
    FeatureScale scale = new FeatureScale(2);
    for (int list = 0; list < 3000; list++) {
      float[] x = new float[16];
      for (int at = 0; at < 16; at += 2) {
        x[at] = (float) (1000 + 3 * random.nextGaussian());
        x[at + 1] = random.nextFloat();
      }
      scale.observe(x, 8);
    }
    float uniform = (float) Math.sqrt(1 / 12.0);
    assertThat(scaled(scale, 1000, 0.5f, 1003, 0.5f + uniform, 994, 0.5f - uniform))
        .containsExactly(new float[] {0, 0, 1, 1, -2, -1}, within(0.06f));
  }

  @Test
  void theScaleFollowsTheStream() {
    FeatureScale scale = new FeatureScale(1);
    for (int list = 0; list < 20_000; list++) {
      scale.observe(new float[] {-1, 1}, 2);
    }
    float before = scaled(scale, 10_000)[0];
    for (int list = 0; list < 20_000; list++) {
      scale.observe(new float[] {99, 101}, 2);
    }
    assertThat(before).isEqualTo(5);
    // A ten-thousandth each list: e^-2 of the old mean is left, not the half.
    float mean = (float) (100 * (1 - Math.exp(-2)));
    assertThat(scaled(scale, mean)[0]).isCloseTo(0, within(0.02f));
  }

  @Test
  void whatIsFarFromTheMeanIsBounded() {
    FeatureScale scale = new FeatureScale(1);
    scale.observe(new float[] {-1, 1}, 2);
    assertThat(scaled(scale, 4.5f, 5.5f, -1e30f, Float.MAX_VALUE)).containsExactly(4.5f, 5, -5, 5);
  }

  @Test
  void aFeatureThatNeverChangesIsZeroAndASmallChangeStaysSmall() {
    FeatureScale scale = new FeatureScale(1);
    for (int list = 0; list < 100; list++) {
      scale.observe(new float[] {1000.1f, 1000.1f, 1000.1f}, 3);
    }
    assertThat(scaled(scale, 1000.1f)[0]).isCloseTo(0, within(0.1f));
    assertThat(scaled(scale, 1000.11f)[0]).isCloseTo(1, within(0.1f));
  }

  @Test
  void aScaleWithTheStateOfAnotherIsThatOther() {
    Random random = new Random(59);
    FeatureScale scale = new FeatureScale(3);
    FeatureScale other = new FeatureScale(3);
    float[] x = new float[30];
    for (int list = 0; list < 10; list++) {
      for (int at = 0; at < x.length; at++) {
        x[at] = random.nextFloat() * (at % 3);
      }
      scale.observe(x, 10);
    }
    System.arraycopy(scale.state(), 0, other.state(), 0, scale.state().length);
    other.restored();
    assertThat(scaled(other, x)).isEqualTo(scaled(scale, x));
  }

  private static float[] scaled(FeatureScale scale, float... x) {
    float[] out = new float[x.length];
    scale.apply(x, x.length / ((scale.state().length - 1) / 2), out);
    return out;
  }

  private static Offset<Float> near() {
    return within(1e-5f);
  }
}
