// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

/**
 * Where TopKGAT's thresholds come from.
 *
 * @param learnt whether each user learns its own
 * @param fixed that of every user where it is not learnt, in [-1, 1] as a cosine is
 */
public record Thresholds(boolean learnt, double fixed) {

  public static final Thresholds LEARNT = new Thresholds(true, 0);

  public Thresholds {
    if (!(Math.abs(fixed) <= 1)) {
      throw new IllegalArgumentException("a threshold is from -1 to 1, not " + fixed);
    }
  }

  /**
   * {@code learnt}, {@code zero} or a number.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Thresholds parse(String text) {
    if (text.equalsIgnoreCase("learnt")) {
      return LEARNT;
    }
    if (text.equalsIgnoreCase("zero")) {
      return new Thresholds(false, 0);
    }
    try {
      return new Thresholds(false, Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "thresholds are \"learnt\", \"zero\" or a number, not \"" + text + "\"", e);
    }
  }

  @Override
  public String toString() {
    return learnt ? "learnt" : Double.toString(fixed);
  }
}
