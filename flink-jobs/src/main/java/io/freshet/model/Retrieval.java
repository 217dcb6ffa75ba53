// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import io.freshet.kernel.PruningState;

/**
 * How the embedding's channel finds its items at the moment.
 *
 * @param pruned whether it looks at a part of the items
 * @param rowsPerList items looked at for the last list
 * @param recall share of the embedding's best 100 items that it looks at, a running mean of
 *     measurements; 1 where it looks at all, NaN before the first measurement
 * @param cells that the items are in; 0 where it looks at all
 * @param fits how often the cells were fitted
 */
public record Retrieval(boolean pruned, int rowsPerList, double recall, int cells, long fits) {

  static Retrieval of(PruningState state) {
    return new Retrieval(
        state.pruned(), state.rowsPerVector(), state.recall(), state.cells(), state.fits());
  }
}
