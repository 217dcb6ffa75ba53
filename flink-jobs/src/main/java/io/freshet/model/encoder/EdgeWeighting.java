// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

/**
 * How much a neighbour counts in one layer, as a function of the cosine of the two rows: what tells
 * the attention encoders apart.
 */
interface EdgeWeighting {

  /**
   * Computes the weights from the cosines {@code s_e = <norm(x_u), norm(x_i)>}.
   *
   * @param thresholds raw thresholds [n,L], or empty
   */
  void weigh(EdgeValues edges, int layer, float[] thresholds);

  /**
   * @param gradient holds dL/dw_e, receives dL/ds_e
   * @param out receives the gradient of this layer's thresholds
   */
  void backward(EdgeValues edges, int layer, float[] thresholds, float[] gradient, float[] out);
}
