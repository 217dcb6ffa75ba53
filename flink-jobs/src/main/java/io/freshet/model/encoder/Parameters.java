// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import java.util.Arrays;

/**
 * What an encoder learns, or the gradient of it.
 *
 * @param base the base rows
 * @param thresholds raw thresholds [n,L] of {@link TopKGat}; empty for the others
 */
public record Parameters(NodeRows base, float[] thresholds) {

  /** Zeros for a graph of this size. */
  public static Parameters zero(Encoder encoder, int users, int items, int dim) {
    return new Parameters(
        NodeRows.zero(users, items, dim), new float[users * encoder.thresholdsPerUser()]);
  }

  public Parameters zeroLike() {
    return new Parameters(base.zeroLike(), new float[thresholds.length]);
  }

  public Parameters copy() {
    return new Parameters(base.copy(), thresholds.clone());
  }

  public void clear() {
    base.clear();
    Arrays.fill(thresholds, 0f);
  }
}
