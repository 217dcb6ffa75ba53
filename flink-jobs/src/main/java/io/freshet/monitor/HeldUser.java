// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import io.freshet.schema.Interaction;
import io.freshet.schema.RecommendationList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What is held of one user. */
final class HeldUser {
  /** Events that are kept. */
  static final int EVENTS = 10;

  private final Deque<Event> events = new ArrayDeque<>(2);
  private RecommendationList list;

  /**
   * What the page shows of an event.
   *
   * @param itemId the item
   * @param eventType what was done with it
   * @param timestamp event time, milliseconds
   * @param value NaN when absent
   */
  record Event(String itemId, String eventType, long timestamp, float value) {}

  void add(Interaction event) {
    if (events.size() == EVENTS) {
      events.removeLast();
    }
    events.addFirst(new Event(event.itemId(), event.eventType(), event.timestamp(), event.value()));
  }

  void put(RecommendationList list) {
    this.list = list;
  }

  /** The user's list; null where none was seen. */
  RecommendationList list() {
    return list;
  }

  /** The codes of the list; empty where they are not known. */
  int[] codes() {
    return list == null ? RecommendationList.NO_CODES : list.codePath();
  }

  /** The newest first. */
  List<Event> events() {
    return List.copyOf(events);
  }
}
