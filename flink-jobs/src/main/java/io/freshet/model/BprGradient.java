// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/**
 * The gradient of Bayesian personalised ranking (Rendle et al., UAI 2009, section 4.3.1) for one
 * user and a pair of items: {@code softplus(s_j - s_i) + reg/2 (|e_u|^2 + |e_i|^2 + |e_j|^2)},
 * where an item's score is {@code <e_u, e_i> + bias_i}.
 *
 * <p>Item rows hold dim values and the bias; the user has dim values. The regularisation reaches
 * the bias as well.
 */
final class BprGradient {

  private final int dim;
  private final float regularisation;

  BprGradient(int dim, float regularisation) {
    this.dim = dim;
    this.regularisation = regularisation;
  }

  /** {@code s_i - s_j}. */
  float margin(float[] user, float[] rows, int i, int j) {
    int atI = i * (dim + 1);
    int atJ = j * (dim + 1);
    // One pass instead of two inner products, with independent sums as in the kernels.
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int c = 0;
    for (; c + 3 < dim; c += 4) {
      s0 += user[c] * (rows[atI + c] - rows[atJ + c]);
      s1 += user[c + 1] * (rows[atI + c + 1] - rows[atJ + c + 1]);
      s2 += user[c + 2] * (rows[atI + c + 2] - rows[atJ + c + 2]);
      s3 += user[c + 3] * (rows[atI + c + 3] - rows[atJ + c + 3]);
    }
    for (; c < dim; c++) {
      s0 += user[c] * (rows[atI + c] - rows[atJ + c]);
    }
    return (s0 + s1) + (s2 + s3) + rows[atI + dim] - rows[atJ + dim];
  }

  /** {@code -dL/ds_i = sigma(s_j - s_i)}: how far the pair is from being in order. */
  static float error(float margin) {
    return (float) (1 / (1 + Math.exp(margin)));
  }

  /** Writes the gradient of the row by which the user is scored, without the regularisation. */
  void row(float strength, float[] rows, int i, int j, float[] out) {
    int width = dim + 1;
    int atI = i * width;
    int atJ = j * width;
    for (int c = 0; c < dim; c++) {
      out[c] = strength * (rows[atJ + c] - rows[atI + c]);
    }
  }

  /** Adds what the regularisation says of the user's own embedding. */
  void addRegularisation(float[] user, float[] out) {
    for (int c = 0; c < dim; c++) {
      out[c] += regularisation * user[c];
    }
  }

  /** Adds an item's gradient to {@code out}; {@code strength} is negative for the positive item. */
  void addItem(float strength, float[] user, float[] rows, int item, float[] out) {
    int at = item * (dim + 1);
    for (int c = 0; c < dim; c++) {
      out[c] += strength * user[c] + regularisation * rows[at + c];
    }
    out[dim] += strength + regularisation * rows[at + dim];
  }
}
