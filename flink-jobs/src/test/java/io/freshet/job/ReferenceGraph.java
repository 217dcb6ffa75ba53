// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import io.freshet.schema.EventTypes;
import io.freshet.schema.Interaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the job's graph must be, in the plainest Java: one map per user, no batches, no bounds, no
 * failures.
 */
final class ReferenceGraph {
  private final EventTypes types;
  private final Set<String> events = new HashSet<>();
  private final Map<String, Map<String, Float>> edges = new HashMap<>();
  private final Map<String, Long> positives = new HashMap<>();

  ReferenceGraph(EventTypes types) {
    this.types = types;
  }

  void add(Interaction event) {
    if (!events.add(event.userId() + " " + event.eventId())) {
      return;
    }
    Map<String, Float> user = edges.computeIfAbsent(event.userId(), id -> new HashMap<>());
    float weight = types.weight(event);
    Float known = user.get(event.itemId());
    if (weight > 0) {
      user.merge(event.itemId(), weight, Float::sum);
      positives.merge(event.itemId(), 1L, Long::sum);
    } else if (weight < 0 && known != null) {
      if (known + weight <= 1e-6f) {
        user.remove(event.itemId());
        positives.merge(event.itemId(), -1L, Long::sum);
      } else {
        user.put(event.itemId(), known + weight);
      }
    }
  }

  /** All edges have grown too old. */
  void forget() {
    edges.values().forEach(Map::clear);
  }

  /** Users by item; without the items that nobody has. */
  Map<String, Long> degrees() {
    Map<String, Long> degrees = new HashMap<>();
    for (Map<String, Float> user : edges.values()) {
      for (String item : user.keySet()) {
        degrees.merge(item, 1L, Long::sum);
      }
    }
    return degrees;
  }

  /** Positive events by item, less one for each edge taken back; without those that come to 0. */
  Map<String, Long> positives() {
    Map<String, Long> left = new HashMap<>(positives);
    left.values().removeIf(count -> count == 0);
    return left;
  }

  /** The items of a user's edges. */
  Set<String> itemsOf(String user) {
    return edges.getOrDefault(user, Map.of()).keySet();
  }

  Set<String> users() {
    return edges.keySet();
  }

  /** What tells these counts by item from those expected, for a message. */
  static String difference(Map<String, Long> actual, Map<String, Long> expected) {
    StringBuilder difference = new StringBuilder();
    Set<String> items = new TreeSet<>(expected.keySet());
    items.addAll(actual.keySet());
    for (String item : items) {
      long is = actual.getOrDefault(item, 0L);
      long must = expected.getOrDefault(item, 0L);
      if (is != must) {
        difference.append(", %s has %d instead of %d".formatted(item, is, must));
      }
    }
    return difference.toString();
  }
}
