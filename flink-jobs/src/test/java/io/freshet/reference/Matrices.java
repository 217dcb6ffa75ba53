// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Comparisons of what a reference computed with what it should. */
final class Matrices {

  private Matrices() {}

  /** Every entry within {@code tolerance} times {@code max(1, |expected|)}. */
  static void assertClose(double[][] actual, double[][] expected, double tolerance) {
    assertThat(actual).hasSameDimensionsAs(expected);
    for (int r = 0; r < expected.length; r++) {
      assertClose(actual[r], expected[r], tolerance);
    }
  }

  static void assertClose(double[] actual, double[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int c = 0; c < expected.length; c++) {
      assertThat(actual[c])
          .isCloseTo(expected[c], within(tolerance * Math.max(1, Math.abs(expected[c]))));
    }
  }
}
