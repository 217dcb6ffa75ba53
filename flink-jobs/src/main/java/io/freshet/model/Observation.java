// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/** What an event did to the graph. */
public enum Observation {
  /** A first positive of this user with this item. */
  NEW_EDGE,
  /** A further positive: the edge gained weight and is now the latest. */
  REPEATED_EDGE,
  /** A negative weight that left some of the edge. */
  WEAKENED_EDGE,
  /** A negative weight that used up the edge. */
  REMOVED_EDGE,
  /** A negative weight on an item that is no positive of the user: ignored. */
  NOTHING_TO_TAKE_BACK,
  /** An event so late that an edge of its time would have left already. */
  TOO_OLD,
  /** Weight 0: the item is known to the user and leaves its lists. */
  NOTED,
  /** The item was shown and nothing came of it: it stays in the lists. */
  SHOWN
}
