// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.replay.EventStream;
import io.freshet.connect.replay.GeneratedTraffic;
import io.freshet.schema.EventTypes;
import io.freshet.schema.Interaction;
import io.freshet.schema.QualityWindow;
import io.freshet.schema.TestOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Generated traffic, and beside it what a list made of the planted tastes hits of it, tested as the
 * job tests its own: what could be reached, which falls as users come to have taken what is
 * popular.
 */
final class PlantedTruth implements EventStream {
  private static final String MODEL = "truth";
  private static final int LIST = 20;
  private static final long TESTS_OF_A_WINDOW = 100;

  private final GeneratedTraffic traffic;
  private final EventTypes types;
  private final Map<String, Set<String>> taken = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final List<QualityWindow> windows = new ArrayList<>();
  private QualityWindow window = QualityWindow.empty(MODEL, 0);

  PlantedTruth(GeneratedTraffic traffic, EventTypes types) {
    this.traffic = traffic;
    this.types = types;
  }

  @Override
  public Interaction next() {
    Interaction event = traffic.next();
    // A type that is not configured is a dead letter to the job.
    if (types.knows(event.eventType()) && types.weight(event) > 0) {
      take(event);
    }
    return event;
  }

  private void take(Interaction event) {
    Set<String> own = taken.computeIfAbsent(event.userId(), user -> new HashSet<>());
    String item = event.itemId();
    if (!own.contains(item)) {
      boolean warm = !own.isEmpty() && seen.contains(item);
      int rank = 1 + likeliest(event.userId(), own).indexOf(item);
      window = window.plus(new TestOutcome(MODEL, rank, warm, event.timestamp()));
      if (window.all().tests() == TESTS_OF_A_WINDOW) {
        windows.add(window);
        window = QualityWindow.empty(MODEL, window.window() + 1);
      }
    }
    own.add(item);
    seen.add(item);
  }

  private List<String> likeliest(String user, Set<String> own) {
    return traffic.likeliest(user, LIST, item -> seen.contains(item) && !own.contains(item));
  }

  /** The windows so far that are full, in order. */
  List<QualityWindow> windows() {
    return windows;
  }

  @Override
  public void close() {
    traffic.close();
  }
}
