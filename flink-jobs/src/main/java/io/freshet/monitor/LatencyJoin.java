// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Brings an event's arrival in Kafka and the first list that knows of it together, by user and
 * event time. They come over two topics, so either may be read first; what waits is bounded, and
 * the oldest is let go.
 */
final class LatencyJoin {
  private final Map<Key, Long> arrivals;
  private final Map<Key, Long> lists;
  private final SlidingLatency latency;

  private record Key(String user, long eventTime) {}

  /**
   * @param waiting events, and lists, that may wait for the other at most
   * @param latency what is found goes there
   */
  LatencyJoin(int waiting, SlidingLatency latency) {
    this.latency = latency;
    arrivals = bounded(waiting);
    lists = bounded(waiting);
  }

  private static Map<Key, Long> bounded(int most) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
        return size() > most;
      }
    };
  }

  /** An event was written to Kafka, at a time of the clock. */
  void event(String user, long eventTime, long arrivedAt) {
    Key key = new Key(user, eventTime);
    Long madeAt = lists.remove(key);
    if (madeAt != null) {
      latency.add(madeAt, madeAt - arrivedAt);
    } else {
      arrivals.putIfAbsent(key, arrivedAt);
    }
  }

  /** A list was made, at a time of the clock, whose newest event has this time. */
  void list(String user, long eventTime, long madeAt) {
    Key key = new Key(user, eventTime);
    Long arrivedAt = arrivals.remove(key);
    if (arrivedAt != null) {
      latency.add(madeAt, madeAt - arrivedAt);
    } else {
      lists.putIfAbsent(key, madeAt);
    }
  }
}
