// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.batch;

import io.freshet.kernel.SparseRows;
import io.freshet.model.encoder.NodeRows;
import java.util.function.Supplier;

/** Chooses the items that an edge's item is held against. */
public interface Negatives {

  /**
   * Called before each epoch.
   *
   * @param epoch from 1
   * @param rows gives the final rows as they stand, at the price of a forward pass; they are valid
   *     until this method returns
   */
  default void startEpoch(long epoch, Supplier<NodeRows> rows) {}

  /**
   * Chooses {@code perEdge} items for each entry of {@code edges}, whose rows are the graph's
   * users.
   *
   * @param round another one for each call
   * @param out receives those of entry e from e perEdge on
   */
  void draw(SparseRows edges, int perEdge, long round, int[] out);

  /** Bytes of the arrays that it holds. */
  long bytes();
}
