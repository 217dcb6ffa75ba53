// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/**
 * What one mini-step changes about one item, for the owner of its row.
 *
 * @param item index in the sender's item table; the receiver knows the item by its id
 * @param sequence number of the mini-step, ascending; a mini-step has one change per item
 * @param gradient gradient of the row, or null if the mini-step did not learn from the item; never
 *     modified
 * @param degreeDelta change of the number of users that have the item as a positive
 * @param popularity popularity gained, negative if taken back, as worth at {@code popularityTime}
 * @param popularityTime event time in ms; meaningless if {@code popularity} is 0
 * @param firstSeen earliest event time in ms of an interaction, or {@link OwnedItem#NEVER_FIRST}
 * @param lastSeen latest event time in ms of an interaction, or {@link OwnedItem#NEVER_LAST}
 */
public record ItemChange(
    int item,
    long sequence,
    float[] gradient,
    int degreeDelta,
    double popularity,
    long popularityTime,
    long firstSeen,
    long lastSeen) {

  /** Heap bytes, object headers included. */
  long bytes() {
    return 72 + (gradient == null ? 0 : 16 + (long) Float.BYTES * gradient.length);
  }
}
