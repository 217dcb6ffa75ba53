// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.connect.replay.GeneratedTraffic;
import io.freshet.connect.replay.TrafficOptions;
import io.freshet.schema.EventTypes;
import io.freshet.schema.Interaction;
import io.freshet.schema.QualityWindow;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlantedTruthTest {
  private static final int EVENTS = 40_000;
  private static final TrafficOptions OPTIONS =
      TrafficOptions.startingAt(1_700_000_000_000L).withUsers(500).withItems(1000);

  // No impressions: they are dead letters then.
  private static final EventTypes TYPES =
      new EventTypes(Map.of("click", 1f, "view", 1f, "purchase", 1f, "cancel", -1f), 4);

  @Test
  void theEventsAreThoseOfTheTraffic() {
    GeneratedTraffic traffic = new GeneratedTraffic(OPTIONS);
    PlantedTruth truth = truth();
    for (int i = 0; i < 1000; i++) {
      assertThat(truth.next()).isEqualTo(traffic.next());
    }
  }

  @Test
  void testedAreUsersFirstPositivesWithAnItem() {
    PlantedTruth truth = truth();
    Set<String> users = new HashSet<>();
    Set<String> items = new HashSet<>();
    Set<String> pairs = new HashSet<>();
    long tests = 0;
    long warm = 0;
    for (int i = 0; i < EVENTS; i++) {
      Interaction event = truth.next();
      if (Set.of("click", "view", "purchase").contains(event.eventType())) {
        boolean known = users.contains(event.userId()) && items.contains(event.itemId());
        if (pairs.add(event.userId() + " " + event.itemId())) {
          tests++;
          warm += known ? 1 : 0;
        }
        users.add(event.userId());
        items.add(event.itemId());
      }
      if (tests % 100 == 0) {
        assertThat(sum(truth.windows(), true)).isEqualTo(warm);
        assertThat(sum(truth.windows(), false)).isEqualTo(tests);
      }
    }
    assertThat(warm).isGreaterThan(10_000);
  }

  @Test
  void lessCanBeReachedAsUsersHaveTakenWhatIsPopular() {
    List<QualityWindow> windows = run();
    double early = recall(windows.subList(20, 60));
    double late = recall(windows.subList(windows.size() - 40, windows.size()));

    assertThat(early).isGreaterThan(1.1 * late);
    assertThat(late).isBetween(0.15, 0.6);
  }

  private static List<QualityWindow> run() {
    PlantedTruth truth = truth();
    for (int i = 0; i < EVENTS; i++) {
      truth.next();
    }
    return truth.windows();
  }

  private static PlantedTruth truth() {
    return new PlantedTruth(new GeneratedTraffic(OPTIONS), TYPES);
  }

  private static long sum(List<QualityWindow> windows, boolean warm) {
    return windows.stream()
        .mapToLong(window -> (warm ? window.warm() : window.all()).tests())
        .sum();
  }

  private static double recall(List<QualityWindow> windows) {
    return (double) windows.stream().mapToLong(window -> window.warm().hits20()).sum()
        / sum(windows, true);
  }
}
