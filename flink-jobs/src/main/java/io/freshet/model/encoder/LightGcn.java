// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import io.freshet.kernel.Kernels;

/**
 * LightGCN (He et al., SIGIR 2020, Eq. 3): {@code x'_u = sum_i x_i / sqrt(d_u d_i)}, mirrored for
 * items.
 *
 * @param readout {@link Readout#MEAN} is the paper's
 */
public record LightGcn(int layers, Readout readout) implements Encoder {

  @Override
  public EncoderPass on(BipartiteGraph graph, Outside outside, int dim, Kernels kernels) {
    return new Propagation(graph, outside, dim, layers, readout, null, kernels);
  }
}
