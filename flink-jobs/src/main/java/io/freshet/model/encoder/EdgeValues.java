// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;
import java.util.function.IntConsumer;

/**
 * Cosines and weights of one layer, one for each edge, in the order of the rows of {@code byUser}.
 */
record EdgeValues(SparseRows byUser, float[] cosines, float[] weights, Kernels kernels) {

  static EdgeValues zero(SparseRows byUser, Kernels kernels) {
    return new EdgeValues(byUser, new float[byUser.size()], new float[byUser.size()], kernels);
  }

  /** Calls {@code body} for each user, possibly on several threads. */
  void forUsers(IntConsumer body) {
    kernels.forRange(
        byUser.rows(),
        (from, to) -> {
          for (int u = from; u < to; u++) {
            body.accept(u);
          }
        });
  }
}
