// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

/**
 * How often an item was met, or what one mini-step adds to that. Decayed counts lose half of their
 * worth every half-life of event time and are as of {@code time}.
 *
 * @param degree number of users who have the item in their history as a positive
 * @param exposures number of events that tell that a user met the item, positives among them
 * @param popularity decayed count of positives, one value per configured half-life; empty: none
 * @param exposure decayed count of exposures
 * @param time event time of the decayed counts, milliseconds; without meaning when all are 0
 * @param firstSeen event time of the first positive, milliseconds; {@link #NEVER_FIRST} if none
 * @param lastSeen event time of the latest positive, milliseconds; {@link #NEVER_LAST} if none
 */
public record RowCounts(
    long degree,
    long exposures,
    double[] popularity,
    double exposure,
    long time,
    long firstSeen,
    long lastSeen) {

  /** First time seen of an item that nobody has taken; absent in JSON. */
  public static final long NEVER_FIRST = Long.MAX_VALUE;

  /** Last time seen of an item that nobody has taken; absent in JSON. */
  public static final long NEVER_LAST = Long.MIN_VALUE;

  /** No events at all. */
  public static final RowCounts NONE =
      new RowCounts(0, 0, new double[0], 0, 0, NEVER_FIRST, NEVER_LAST);
}
