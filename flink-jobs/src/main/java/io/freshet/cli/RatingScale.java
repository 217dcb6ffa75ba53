// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

/** Which scale a file's ratings are on, as far as its largest one tells. */
final class RatingScale {
  private static final float FIVE = 5;
  private static final float TEN = 10;

  private RatingScale() {}

  /**
   * The best rating of the scale.
   *
   * @param largest the largest rating in the file; NaN when it has none
   * @return 5 or 10, or the largest itself when that is above 10; null without ratings
   */
  static Float of(float largest) {
    if (Float.isNaN(largest)) {
      return null;
    }
    if (largest <= FIVE) {
      return FIVE;
    }
    return largest <= TEN ? TEN : Float.valueOf(largest);
  }
}
