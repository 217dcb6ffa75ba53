// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import io.freshet.kernel.Kernels;

/** No neighbours at all: the final rows are the base rows. */
public record MatrixFactorisation() implements Encoder {

  @Override
  public int layers() {
    return 0;
  }

  @Override
  public EncoderPass on(BipartiteGraph graph, Outside outside, int dim, Kernels kernels) {
    return new Propagation(graph, outside, dim, 0, Readout.LAST, null, kernels);
  }
}
