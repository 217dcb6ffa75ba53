// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * The weights of the network that ranks candidates, with what all learners have learnt, as their
 * owner publishes them on the model topic. The row with the largest (epoch, version) counts.
 *
 * @param epoch grows with every start or restore of the job
 * @param version grows with every row that the owner publishes
 * @param weights in the network's own order
 * @param contains per learner subtask the sequence number of the last delta in this row; 0: none
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record ScorerRow(long epoch, long version, float[] weights, long[] contains) {

  /** The record's key on the model topic. */
  public static final String KEY = "ranker";

  /** Whether this replaces a row of that epoch and version. */
  public boolean isNewerThan(long otherEpoch, long otherVersion) {
    return epoch > otherEpoch || (epoch == otherEpoch && version > otherVersion);
  }

  /** The sequence number of the last delta of a learner that this row contains; 0: none. */
  public long contains(int learner) {
    return learner < contains.length ? contains[learner] : 0;
  }
}
