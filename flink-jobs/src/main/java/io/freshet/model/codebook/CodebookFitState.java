// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

/**
 * All that a {@link CodebookFit} needs to go on, as plain arrays for a checkpoint.
 *
 * @param centroids [levels,codes,dim]; of no values before the first fit
 * @param counts decayed counts, [levels,codes]
 * @param sums decayed sums, [levels,codes,dim]
 * @param lastRefit event time in ms of the last re-fit, or {@link Long#MIN_VALUE}
 * @param refits published
 * @param keptVersions those that can be rolled back to, the earliest first
 * @param keptCentroids of each, [levels,codes,dim]
 * @param keptCounts of each, [levels,codes]
 * @param pending gathered since the last re-fit
 */
public record CodebookFitState(
    long epoch,
    long version,
    int levels,
    int codes,
    int dim,
    float[] centroids,
    double[] counts,
    double[] sums,
    long lastRefit,
    long refits,
    long heldBack,
    long rollBacks,
    long stale,
    long[] keptVersions,
    float[][] keptCentroids,
    double[][] keptCounts,
    CodeStatistics pending) {

  /** Whether a fit of these options can go on from it. */
  public boolean fits(CodebookOptions options, int otherDim) {
    return levels == options.levels() && codes == options.codes() && dim == otherDim;
  }
}
