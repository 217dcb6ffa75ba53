// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.io.Serializable;

/**
 * What is forgotten as event time passes. An edge cannot outlive its item, so where items are
 * forgotten edges are too, after the same time at the latest.
 *
 * @param edgeTtlMillis event time after which an edge leaves; 0: never
 * @param edgeHalfLifeMillis event time in which an edge loses half of its weight where it is
 *     learned again; 0: never
 * @param itemTtlMillis event time after which an item that nobody met leaves; 0: never
 */
public record Forgetting(long edgeTtlMillis, long edgeHalfLifeMillis, long itemTtlMillis)
    implements Serializable {

  /** Everything is kept. */
  public static final Forgetting NOTHING = new Forgetting(0, 0, 0);

  /** Steps in a time to live: what leaves by itself leaves with the others of its step. */
  private static final int STEPS = 8;

  public Forgetting {
    if (edgeTtlMillis < 0 || edgeHalfLifeMillis < 0 || itemTtlMillis < 0) {
      throw new IllegalArgumentException(
          "times must be 0 or more, are "
              + edgeTtlMillis
              + ", "
              + edgeHalfLifeMillis
              + " and "
              + itemTtlMillis);
    }
    if (itemTtlMillis > 0 && (edgeTtlMillis == 0 || edgeTtlMillis > itemTtlMillis)) {
      edgeTtlMillis = itemTtlMillis;
    }
  }

  /** Whether edges leave. */
  public boolean edges() {
    return edgeTtlMillis > 0;
  }

  /** Whether items leave. */
  public boolean items() {
    return itemTtlMillis > 0;
  }

  /** The event time up to which edges have left at a moment. */
  long edgesUpTo(long now) {
    return edges() && now > Long.MIN_VALUE + edgeTtlMillis ? now - edgeTtlMillis : Long.MIN_VALUE;
  }

  /**
   * When to look again for a user who was there at a time and never comes back: the same moment for
   * all times of one step, so that a user is looked for once a step at most.
   */
  public long edgesGoneAt(long time) {
    return gone(time, edgeTtlMillis);
  }

  /** Whether a user who was last seen at a time, and of whom no edge is left, has left too. */
  public boolean userGone(long lastSeen, long now) {
    return edges() && lastSeen != Long.MIN_VALUE && lastSeen <= edgesUpTo(now);
  }

  /**
   * When an item that was met at a time, and never again, leaves: a step later than its edges, so
   * that none of them is taken back from what may come after it.
   */
  public long itemGoneAt(long time) {
    return gone(time, itemTtlMillis) + step(itemTtlMillis);
  }

  /** Whether an item that was met last at a time has left at a moment. */
  boolean itemGone(long time, long now) {
    return itemGoneAt(time) <= now;
  }

  /** The number of the step in which items leave at a moment: once a step is often enough. */
  public long itemStep(long now) {
    return Math.floorDiv(now, step(itemTtlMillis));
  }

  /** What is left of an edge's weight. */
  float left(float weight, long ageMillis) {
    return edgeHalfLifeMillis == 0 || ageMillis <= 0
        ? weight
        : (float) (weight * Math.pow(2, -(double) ageMillis / edgeHalfLifeMillis));
  }

  private static long gone(long time, long ttl) {
    long step = step(ttl);
    return (Math.floorDiv(time, step) + 1) * step + ttl;
  }

  private static long step(long ttl) {
    return Math.max(1, ttl / STEPS);
  }
}
