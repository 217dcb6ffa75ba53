// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.schema.Interaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeneratedTrafficTest {
  private static final long START = 1_750_000_000_000L;
  private static final TrafficOptions OPTIONS = TrafficOptions.startingAt(START);

  @Test
  void theSameOptionsGiveTheSameEvents() {
    TrafficOptions drifting = OPTIONS.withDriftAt(2000);
    assertThat(events(drifting, 5000)).isEqualTo(events(drifting, 5000));
    assertThat(events(drifting, 5000)).isNotEqualTo(events(drifting.withSeed(2), 5000));
  }

  @Test
  void theFirstEventsAreTheseOnEveryMachine() {
    assertThat(events(OPTIONS, 3))
        .extracting(event -> event.eventType() + " " + event.userId() + " " + event.itemId())
        .containsExactly("view u1604 i782", "click u3848 i121", "click u1832 i25");
  }

  @Test
  void timesFollowTheRateAndEventIdsAreDistinctAlsoFromAnotherStart() {
    List<Interaction> events = events(OPTIONS.withEventsPerSecond(4), 1000);
    assertThat(events.get(0).timestamp()).isEqualTo(START);
    assertThat(events.get(999).timestamp()).isEqualTo(START + 249_750);
    Set<String> ids = new HashSet<>();
    events.forEach(event -> ids.add(event.eventId()));
    events(TrafficOptions.startingAt(START + 1), 1000).forEach(event -> ids.add(event.eventId()));
    assertThat(ids).hasSize(2000);
  }

  @Test
  void eventTypesComeInTheirShares() {
    Map<String, Integer> counts = new HashMap<>();
    events(OPTIONS, 100_000).forEach(event -> counts.merge(event.eventType(), 1, Integer::sum));
    assertThat(counts.keySet())
        .containsExactlyInAnyOrder("impression", "click", "view", "purchase", "cancel");
    assertThat(counts.get("impression")).isCloseTo(30_000, within(1000));
    assertThat(counts.get("click")).isCloseTo(42_000, within(1000));
    assertThat(counts.get("view")).isCloseTo(18_000, within(1000));
    assertThat(counts.get("purchase")).isCloseTo(9_000, within(3000));
    assertThat(counts.get("cancel")).isBetween(100, 1100);
  }

  @Test
  void aCancelTakesBackWhatTheUserHadTaken() {
    Set<String> taken = new HashSet<>();
    int cancels = 0;
    for (Interaction event : events(OPTIONS, 20_000)) {
      String pair = event.userId() + " " + event.itemId();
      if (event.eventType().equals("cancel")) {
        assertThat(taken).contains(pair);
        cancels++;
      } else if (!event.eventType().equals("impression")) {
        taken.add(pair);
      }
    }
    assertThat(cancels).isPositive();
  }

  @Test
  void aClickThatAnswersAnImpressionCarriesItsRequestId() {
    Map<String, Interaction> shown = new HashMap<>();
    int answers = 0;
    for (Interaction event : events(OPTIONS, 50_000)) {
      if (event.eventType().equals("impression")) {
        shown.put(event.requestId(), event);
      } else if (event.requestId() != null) {
        assertThat(event.userId()).isEqualTo(shown.get(event.requestId()).userId());
        assertThat(event.itemId()).isEqualTo(shown.get(event.requestId()).itemId());
        answers++;
      }
    }
    assertThat(shown).hasSizeGreaterThan(14_000);
    assertThat(answers / (double) shown.size()).isCloseTo(0.225, within(0.02));
  }

  @Test
  void someEventsRepeatAnItemOfTheUser() {
    Set<String> pairs = new HashSet<>();
    int taken = 0;
    for (Interaction event : events(OPTIONS, 100_000)) {
      if (!event.eventType().equals("impression")) {
        taken++;
        pairs.add(event.userId() + " " + event.itemId());
      }
    }
    assertThat(1 - pairs.size() / (double) taken).isBetween(0.05, 0.25);
  }

  @Test
  void theLikeliestItemsAreThePopularOnesOfTheUsersGroupsThatAreOpen() {
    GeneratedTraffic traffic = new GeneratedTraffic(OPTIONS.withNewItemEvery(0));
    // An item's group is its number modulo 8, its place the number by 8. u1 is of one group.
    assertThat(traffic.groupOfUser("u1")).isEqualTo(1);
    assertThat(traffic.likeliest("u1", 3, item -> true)).containsExactly("i1", "i9", "i17");
    assertThat(traffic.likeliest("u1", 3, item -> !item.equals("i9")))
        .containsExactly("i1", "i17", "i25");
    assertThat(traffic.likeliest("u1", 3, Set.of("i7")::contains)).containsExactly("i7");
  }

  @Test
  void theLikeliestItemsFollowTheDrift() {
    GeneratedTraffic traffic = new GeneratedTraffic(OPTIONS.withNewItemEvery(0).withDriftAt(0));
    traffic.next();
    assertThat(traffic.likeliest("u1", 2, item -> true)).containsExactly("i5", "i13");
  }

  @Test
  void theLikeliestItemsAreTakenMost() {
    TrafficOptions options = OPTIONS.withUsers(1).withNewItemEvery(0);
    Map<String, Integer> taken = new HashMap<>();
    for (Interaction event : events(options, 200_000)) {
      if (event.eventType().equals("view")) {
        taken.merge(event.itemId(), 1, Integer::sum);
      }
    }
    List<String> likeliest = new GeneratedTraffic(options).likeliest("u0", 30, item -> true);
    List<Integer> counts = likeliest.stream().map(taken::get).toList();
    assertThat(counts.subList(0, 10)).allMatch(count -> count > 300);
    taken.keySet().removeAll(likeliest);
    assertThat(taken.values()).allMatch(count -> count < counts.get(20));
  }

  @Test
  void newItemsAppearAndOldOnesLeave() {
    TrafficOptions options = OPTIONS.withItems(800).withNewItemEvery(20);
    List<Interaction> events = events(options, 60_000);
    Set<String> early = items(events.subList(0, 20_000));
    Set<String> late = items(events.subList(40_000, 60_000));
    Set<String> both = new HashSet<>(early);
    both.retainAll(late);
    assertThat(late).hasSizeGreaterThan(both.size() * 5 / 4);
    assertThat(early).hasSizeGreaterThan(both.size() * 5 / 4);
    assertThat(both).hasSizeGreaterThan(50);
  }

  @Test
  void withoutNewItemsTheCatalogueStays() {
    TrafficOptions options = OPTIONS.withItems(16).withNewItemEvery(0);
    assertThat(items(events(options, 20_000))).hasSize(16);
  }

  @Test
  void popularityInTheUsersGroupPredictsFarBetterThanPopularityUntilTheDriftMakesItAnother() {
    int learned = 100_000;
    int tested = 10_000;
    GeneratedTraffic traffic = new GeneratedTraffic(OPTIONS.withDriftAt(learned + tested));
    Predictor before = new Predictor(next(traffic, learned), traffic);
    List<Interaction> same = next(traffic, tested);
    double global = before.globalRecall(same);
    double group = before.groupRecall(same);
    assertThat(group).isGreaterThan(2.5 * global).isGreaterThan(0.25);

    List<Interaction> drifted = next(traffic, tested);
    assertThat(before.groupRecall(drifted)).as("what was true").isLessThan(group / 3);
    assertThat(before.globalRecall(drifted)).as("popularity").isCloseTo(global, within(0.02));

    Predictor after = new Predictor(next(traffic, learned), traffic);
    List<Interaction> now = next(traffic, tested);
    assertThat(after.groupRecall(now)).isGreaterThan(2.5 * after.globalRecall(now));
  }

  @Test
  void aGroupAppearsWithItemsAndATasteThatNobodyHad() {
    int events = 20_000;
    GeneratedTraffic traffic = new GeneratedTraffic(OPTIONS.withGroupBornAt(events));
    List<Interaction> before = next(traffic, events);
    assertThat(before).noneMatch(event -> traffic.groupOfItem(event.itemId()) == 7);
    Set<String> early = new HashSet<>();
    for (int user = 0; user < 1000; user++) {
      if (traffic.groupOfUser("u" + user) == 7) {
        early.add("u" + user);
      }
    }
    assertThat(early).as("the users of the group to be have become its own now").isNotEmpty();

    List<Interaction> after = next(traffic, events);
    assertThat(share(after, 7, traffic)).isCloseTo(1 / 8.0, within(0.03));
  }

  @Test
  void beforeItsBirthNobodyIsOfAGroupAndAfterItsDeathNobodyIsEither() {
    GeneratedTraffic traffic =
        new GeneratedTraffic(OPTIONS.withGroupBornAt(10).withGroupDiesAt(10));
    assertThat(groups(traffic)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
    next(traffic, 10);
    assertThat(groups(traffic)).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void aGroupDiesAndItsUsersSpreadOverTheOthers() {
    int events = 20_000;
    GeneratedTraffic traffic = new GeneratedTraffic(OPTIONS.withGroupDiesAt(events));
    assertThat(share(next(traffic, events), 0, traffic)).isCloseTo(1 / 8.0, within(0.03));
    next(traffic, events); // the last repeats, and answers to what was shown

    List<Interaction> after = next(traffic, events);
    assertThat(share(after, 0, traffic)).as("repeats alone").isLessThan(0.02);
    for (int group = 1; group < 8; group++) {
      assertThat(share(after, group, traffic)).isCloseTo(1 / 7.0, within(0.04));
    }
  }

  private static Set<Integer> groups(GeneratedTraffic traffic) {
    Set<Integer> groups = new HashSet<>();
    for (int user = 0; user < 1000; user++) {
      groups.add(traffic.groupOfUser("u" + user));
    }
    return groups;
  }

  private static double share(List<Interaction> events, int group, GeneratedTraffic traffic) {
    return events.stream().filter(event -> traffic.groupOfItem(event.itemId()) == group).count()
        / (double) events.size();
  }

  @Test
  void theGroupsThatItNamesAreTheOnesThatItUses() {
    GeneratedTraffic traffic = new GeneratedTraffic(OPTIONS);
    int same = 0;
    List<Interaction> events = next(traffic, 20_000);
    events.removeIf(event -> event.eventType().equals("impression"));
    for (Interaction event : events) {
      if (traffic.groupOfUser(event.userId()) == traffic.groupOfItem(event.itemId())) {
        same++;
      }
    }
    // Loyalty .85 of which .91 in the first group, and an eighth of the rest.
    assertThat(same / (double) events.size()).isCloseTo(0.79, within(0.04));
  }

  @Test
  void everyGroupHasUsersAlsoWithFewOfThem() {
    GeneratedTraffic traffic = new GeneratedTraffic(OPTIONS.withGroups(3));
    int[] users = new int[3];
    for (int user = 0; user < 300; user++) {
      users[traffic.groupOfUser("u" + user)]++;
    }
    assertThat(Arrays.stream(users).min().getAsInt()).isGreaterThan(60);
  }

  @Test
  void oneUserAndOneItemPerGroupAreEnough() {
    TrafficOptions least = OPTIONS.withUsers(1).withGroups(2).withItems(2).withNewItemEvery(1);
    assertThat(events(least, 1000)).allMatch(event -> event.userId().equals("u0"));
  }

  @Test
  void impossibleOptionsAreNamed() {
    assertThatThrownBy(() -> OPTIONS.withUsers(0)).hasMessageContaining("users must be");
    assertThatThrownBy(() -> OPTIONS.withItems(7)).hasMessageContaining("items must be");
    assertThatThrownBy(() -> OPTIONS.withGroups(1)).hasMessageContaining("groups must be");
    assertThatThrownBy(() -> OPTIONS.withGroupBornAt(-1)).hasMessageContaining("groupBornAt must");
    assertThatThrownBy(() -> OPTIONS.withGroupDiesAt(-1)).hasMessageContaining("groupDiesAt must");
    assertThatThrownBy(() -> OPTIONS.withGroups(2).withGroupBornAt(1).withGroupDiesAt(1))
        .hasMessageContaining("groups must be at least 3");
    assertThatThrownBy(() -> OPTIONS.withDriftAt(-1)).hasMessageContaining("driftAt must be");
    assertThatThrownBy(() -> OPTIONS.withNewItemEvery(-1)).hasMessageContaining("newItemEvery");
    assertThatThrownBy(() -> OPTIONS.withEventsPerSecond(Double.NaN))
        .hasMessageContaining("eventsPerSecond must be");
    assertThatThrownBy(() -> TrafficOptions.startingAt(-1)).hasMessageContaining("startTime");
  }

  /** Predicts the 20 items that were most popular, in the user's group or in all. */
  private static final class Predictor {
    private static final int ALL = -1;

    private final Map<Integer, Set<String>> best = new HashMap<>();
    private final Map<String, Integer> groups = new HashMap<>();

    Predictor(List<Interaction> learned, GeneratedTraffic traffic) {
      Map<Integer, Map<String, Integer>> counts = new HashMap<>();
      for (Interaction event : taken(learned)) {
        int group = traffic.groupOfUser(event.userId());
        groups.put(event.userId(), group);
        for (int of : new int[] {group, ALL}) {
          counts.computeIfAbsent(of, key -> new HashMap<>()).merge(event.itemId(), 1, Integer::sum);
        }
      }
      counts.forEach(
          (group, items) ->
              best.put(
                  group,
                  new HashSet<>(
                      items.entrySet().stream()
                          .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                          .limit(20)
                          .map(Map.Entry::getKey)
                          .toList())));
    }

    double globalRecall(List<Interaction> tested) {
      return recall(tested, true);
    }

    double groupRecall(List<Interaction> tested) {
      return recall(tested, false);
    }

    private double recall(List<Interaction> tested, boolean global) {
      List<Interaction> events = taken(tested);
      int hits = 0;
      for (Interaction event : events) {
        int group = groups.getOrDefault(event.userId(), ALL);
        hits += best.get(global ? ALL : group).contains(event.itemId()) ? 1 : 0;
      }
      return hits / (double) events.size();
    }

    private static List<Interaction> taken(List<Interaction> events) {
      List<Interaction> taken = new ArrayList<>(events);
      taken.removeIf(
          event -> event.eventType().equals("impression") || event.eventType().equals("cancel"));
      return taken;
    }
  }

  private static Set<String> items(List<Interaction> events) {
    Set<String> items = new HashSet<>();
    events.forEach(event -> items.add(event.itemId()));
    return items;
  }

  private static List<Interaction> events(TrafficOptions options, int count) {
    return next(new GeneratedTraffic(options), count);
  }

  private static List<Interaction> next(GeneratedTraffic traffic, int count) {
    List<Interaction> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(traffic.next());
    }
    return events;
  }
}
