// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/**
 * Natural logarithm of a float for features: six of them stand in every candidate's row, and with
 * {@link Math#log} they cost more than everything else in it.
 *
 * <p>With {@code x = 2^e m}, m between the root of one half and that of two, and {@code s = (m - 1)
 * / (m + 1)}: {@code ln x = e ln 2 + 2 (s + s^3/3 + s^5/5 + s^7/7 + ...)}; what is left out is
 * below 3e-8.
 */
final class FastLog {
  private static final float LN_2 = 0.6931472f;
  private static final int ROOT_OF_HALF = 0x3f3504f3;
  private static final int MANTISSA_BITS = 23;

  private FastLog() {}

  /**
   * ln x, to within 2e-7 of the larger of one and its magnitude.
   *
   * @param x positive, normal and finite; anything else gives a number without meaning
   */
  static float of(float x) {
    int bits = Float.floatToRawIntBits(x);
    int exponent = (bits - ROOT_OF_HALF) >> MANTISSA_BITS;
    float m = Float.intBitsToFloat(bits - (exponent << MANTISSA_BITS));
    float s = (m - 1) / (m + 1);
    float square = s * s;
    float series = 2 * s * (1 + square * (1 / 3f + square * (1 / 5f + square * (1 / 7f))));
    return exponent * LN_2 + series;
  }
}
