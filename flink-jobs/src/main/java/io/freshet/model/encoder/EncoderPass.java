// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

/**
 * An encoder on one graph, with the memory that its layers need. Used by one thread; the kernels
 * below may use more.
 */
public interface EncoderPass {

  /**
   * Computes the final rows.
   *
   * @param parameters read until {@link #backward} returns; base rows of outside nodes are not read
   * @return final rows, valid until the next call; rows of outside nodes mean nothing
   */
  NodeRows forward(Parameters parameters);

  /**
   * Carries the gradient of a loss from the final rows of the latest {@link #forward} back to what
   * they were computed from.
   *
   * @param gradient of the final rows; used up
   * @param out receives the gradient of the parameters (overwritten); that of outside nodes is zero
   */
  void backward(NodeRows gradient, Parameters out);

  /** Rows of every layer of the latest {@link #forward}: 0, the base rows, to the last. */
  NodeRows layer(int number);

  /** Bytes of the arrays that the pass holds, the graph's not among them. */
  long bytes();
}
