// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

/**
 * Which events are tested before they are learned: a fixed share, chosen by the event's id, so that
 * every recommender is tested on the same events whatever runs where.
 */
final class TestSample {
  private static final double RANGE = 0x1p31;

  private final double share;

  TestSample(double share) {
    this.share = share;
  }

  boolean takes(String eventId) {
    // Ids are often consecutive numbers; the multiplication spreads their hashes over the range.
    int spread = (eventId.hashCode() * 0x9E3779B9) >>> 1;
    return spread < share * RANGE;
  }
}
