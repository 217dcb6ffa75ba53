// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.loss;

/** The logistic function and its integral, without overflow. */
final class Logistic {

  private Logistic() {}

  /** {@code 1 / (1 + e^-x)}. */
  static double sigma(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** {@code log(1 + e^x)}. */
  static double softplus(double x) {
    return Math.max(x, 0) + Math.log(1 + Math.exp(-Math.abs(x)));
  }
}
