// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * All that the fitter of codebooks needs to go on, as it lies in a checkpoint.
 *
 * @param epoch of the books
 * @param version of the books; 0 before the first fit
 * @param levels L
 * @param codes K, codes of a level
 * @param dim values of a code
 * @param centroids [L,K,dim]; of no values before the first fit
 * @param counts decayed counts by code, [L,K]
 * @param sums decayed sums by code, [L,K,dim]
 * @param lastRefit event time of the last re-fit, milliseconds; {@link Long#MIN_VALUE} for none
 * @param eventTime event time of the newest event known of, milliseconds
 * @param refits published so far
 * @param heldBack re-fits held back so far
 * @param rollBacks so far
 * @param stale statistics left aside so far
 * @param kept versions that can be rolled back to, the earliest first
 * @param pending gathered since the last re-fit
 * @param alarms what the detectors know
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record CodebookState(
    long epoch,
    long version,
    int levels,
    int codes,
    int dim,
    float[] centroids,
    double[] counts,
    double[] sums,
    long lastRefit,
    long eventTime,
    long refits,
    long heldBack,
    long rollBacks,
    long stale,
    List<Kept> kept,
    CodeDelta pending,
    double[] alarms) {

  /**
   * An earlier version.
   *
   * @param centroids [L,K,dim]
   * @param counts by code, [L,K]
   */
  public record Kept(long version, float[] centroids, double[] counts) {}
}
