// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The items whose rows, and those whose companions, changed since they were published. */
final class WaitingRows {
  private final Set<String> rows = new LinkedHashSet<>();

  // By the first of the changes: since when, the longest first.
  private final Map<String, Long> companions = new LinkedHashMap<>();

  /** The row of an item changed. */
  void row(String itemId) {
    rows.add(itemId);
  }

  /** The companions of an item changed at a time, in ms. */
  void companions(String itemId, long time) {
    companions.putIfAbsent(itemId, time);
  }

  /** An item's row does not wait any longer. */
  void withdrawRow(String itemId) {
    rows.remove(itemId);
  }

  /** An item has left. */
  void withdraw(String itemId) {
    rows.remove(itemId);
    companions.remove(itemId);
  }

  /** Takes the item whose row has waited longest; null if none waits. */
  String nextRow() {
    return takeFirst(rows.iterator());
  }

  /** Takes the item whose companions have waited longest; null if none do. */
  String nextCompanions() {
    return takeFirst(companions.keySet().iterator());
  }

  /** Whether companions wait that changed no later than then. */
  boolean companionsWait(long since) {
    return !companions.isEmpty() && companions.values().iterator().next() <= since;
  }

  int rows() {
    return rows.size();
  }

  int companions() {
    return companions.size();
  }

  private static String takeFirst(Iterator<String> items) {
    if (!items.hasNext()) {
      return null;
    }
    String itemId = items.next();
    items.remove();
    return itemId;
  }
}
