// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

/**
 * What a {@link PruningScorer} does at the moment.
 *
 * @param pruned whether it looks at a part of the rows
 * @param rowsPerVector rows looked at for the last vector
 * @param recall share of the best 100 rows that it looks at, a running mean of measurements; 1
 *     where it looks at all, NaN before the first measurement
 * @param cells that the rows are in; 0 where it looks at all
 * @param fits how often the cells were fitted
 */
public record PruningState(
    boolean pruned, int rowsPerVector, double recall, int cells, long fits) {}
