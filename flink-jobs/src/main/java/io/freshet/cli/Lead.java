// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

/**
 * How far the events of a bounded run may be ahead of the item rows that they change: live traffic
 * is hardly ahead of them, a replay flat out by thousands.
 */
enum Lead {
  /** As far as it comes. One learner knows what it changed itself, so its lists are the same. */
  ANY(0, null),

  /**
   * So far that what users' vectors tell the codebooks is not stale when it comes to a re-fit; flat
   * out most of it is.
   */
  OF_BOOKS(300, "20 ms"),

  /** So far that several learners learn as one would; at 300 they miss one in a hundred hits. */
  OF_LEARNERS(60, "4 ms");

  private final int events;
  private final String syncInterval;

  Lead(int events, String syncInterval) {
    this.events = events;
    this.syncInterval = syncInterval;
  }

  boolean isBounded() {
    return this != ANY;
  }

  /** The most events ahead, where that is bounded. */
  int events() {
    return events;
  }

  /** The sync interval, where the lead is bounded: the events wait for the rows. */
  String syncInterval() {
    return syncInterval;
  }
}
