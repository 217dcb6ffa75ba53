// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;
import java.util.function.IntConsumer;

/**
 * What one layer knows of its edges, one value for each in the order of the rows of {@code byUser}.
 *
 * @param norms {@code 1 / sqrt(d_u d_i)}, the same for all layers
 */
record EdgeValues(
    SparseRows byUser, float[] norms, float[] cosines, float[] weights, Kernels kernels) {

  static EdgeValues zero(SparseRows byUser, float[] norms, Kernels kernels) {
    int edges = byUser.size();
    return new EdgeValues(byUser, norms, new float[edges], new float[edges], kernels);
  }

  /** Calls {@code body} for each user, possibly on several threads. */
  void forUsers(IntConsumer body) {
    kernels.forEach(byUser.rows(), body);
  }
}
