// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * The outcome of testing one event before learning from it.
 *
 * @param model whose test: {@code freshet} or the name of a baseline
 * @param rank 1 for the best; {@link #UNRANKED} when the item could not be ranked (never seen
 *     before); {@link #END_OF_STREAM} when this is no test but says that no more will follow
 * @param warm whether user and item had both been seen before
 * @param time event time, milliseconds
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record TestOutcome(String model, int rank, boolean warm, long time) {

  /** The name under which Freshet's own tests are counted. */
  public static final String FRESHET = "freshet";

  /** The yardstick beside it: items by their number of users. */
  public static final String POPULARITY = "popularity";

  /** Every recommender that a learner tests. */
  public static final List<String> MODELS = List.of(FRESHET, POPULARITY);

  /** The rank of an item that no list could hold. */
  public static final int UNRANKED = 0;

  /** The rank in the last record of a bounded stream. */
  public static final int END_OF_STREAM = -1;

  /** The record that says that a bounded stream has ended. */
  public static TestOutcome endOfStream(String model) {
    return new TestOutcome(model, END_OF_STREAM, false, 0);
  }

  /** Whether this only says that the stream has ended. */
  public boolean isEndOfStream() {
    return rank == END_OF_STREAM;
  }
}
