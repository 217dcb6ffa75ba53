// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

/**
 * One step of Adam (Kingma and Ba, 2015) or, with a decay, of AdamW (Loshchilov and Hutter, 2019):
 *
 * <pre>{@code
 * p -= rate * decay * p
 * m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g^2
 * p -= rate * m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * }</pre>
 *
 * @param rate learning rate
 * @param decay decoupled weight decay; 0 is Adam
 * @param number {@code t}, the number of this step, from 1
 */
public record AdamStep(
    double rate, double beta1, double beta2, double epsilon, double decay, long number) {

  /** The paper's defaults: beta 0.9 and 0.999, epsilon 1e-8. */
  public static AdamStep of(double rate, double decay, long number) {
    return new AdamStep(rate, 0.9, 0.999, 1e-8, decay, number);
  }

  public AdamStep {
    if (number < 1) {
      throw new IllegalArgumentException("steps are numbered from 1, not " + number);
    }
  }

  /** The factors of the formula, reckoned once for all rows. */
  Factors factors() {
    return new Factors(
        (float) (1 - rate * decay),
        (float) (rate / (1 - Math.pow(beta1, number))),
        (float) beta1,
        (float) (1 - beta1),
        (float) beta2,
        (float) (1 - beta2),
        (float) (1 / (1 - Math.pow(beta2, number))),
        (float) epsilon);
  }

  /**
   * What the inner loops multiply with.
   *
   * @param keep what the parameters keep of themselves
   * @param rate with the first moment's bias correction
   * @param secondCorrection corrects the bias of the second moment
   */
  record Factors(
      float keep,
      float rate,
      float beta1,
      float oneLessBeta1,
      float beta2,
      float oneLessBeta2,
      float secondCorrection,
      float epsilon) {}
}
