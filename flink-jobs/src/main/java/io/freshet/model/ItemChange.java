// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/**
 * What one mini-step changes about one item, for the owner of its row. Never modified.
 *
 * @param item index in the sender's item table; the receiver knows the item by its id
 * @param sequence number of the mini-step, ascending; a mini-step has one change per item
 * @param gradient gradient of the row, or null if the mini-step did not learn from the item
 * @param counts what is added to the counts, or null if nothing is
 * @param companions what users had met before they took the item, or null if nobody did
 */
public record ItemChange(
    int item, long sequence, float[] gradient, ItemCounts counts, CompanionRow companions) {

  /** Heap bytes, object headers included. */
  long bytes() {
    return 48
        + (gradient == null ? 0 : 16 + (long) Float.BYTES * gradient.length)
        + (counts == null ? 0 : 96 + (long) Double.BYTES * counts.popularity.length)
        + (companions == null ? 0 : 128 + 40L * companions.size());
  }
}
