// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventGraphTest {

  private static final long DAY = 86_400_000L;
  private static final long NOW = 20_000 * DAY;

  private final ModelOptions options =
      ModelOptions.builder().dim(4).historyBound(4).halfLives(List.of(DAY)).build();
  private final OnlineModel model = new OnlineModel(options);
  private final ItemTable items = model.items();
  private final UserProfile user = new UserProfile("ann", options);
  private final int book = items.indexOrAdd("book");
  private final int film = items.indexOrAdd("film");

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void aFirstPositiveIsANewEdgeOnBothSides() {
    assertThat(model.observe(user, book, 1, NOW)).isEqualTo(Observation.NEW_EDGE);
    model.learn();
    assertThat(user.degree()).isEqualTo(1);
    assertThat(user.lastSeen()).isEqualTo(NOW);
    assertThat(items.degree(book)).isEqualTo(1);
    assertThat(items.counts(book).popularityAt(0, NOW, options)).isEqualTo(1);
    assertThat(items.counts(book).popularityAt(0, NOW + DAY, options)).isEqualTo(0.5);
    assertThat(items.counts(book).firstSeen()).isEqualTo(NOW);
    assertThat(items.counts(book).lastSeen()).isEqualTo(NOW);
  }

  @Test
  void aRepeatedPositiveGathersWeightAndBecomesTheLatestButAddsNoDegree() {
    model.observe(user, book, 1, NOW);
    model.observe(user, film, 1, NOW + 1);
    assertThat(model.observe(user, book, 2, NOW + DAY)).isEqualTo(Observation.REPEATED_EDGE);
    model.learn();
    assertThat(user.degree()).isEqualTo(2);
    assertThat(items.degree(book)).isEqualTo(1);
    assertThat(history()).containsExactly(film, book);
    assertThat(user.historyWeight(1)).isEqualTo(3);
    assertThat(user.historyTime(1)).isEqualTo(NOW + DAY);
    assertThat(items.counts(book).popularityAt(0, NOW + DAY, options))
        .isCloseTo(1.5, within(1e-12));
  }

  @Test
  void takingBackAPartWeakensTheEdgeAndTheRestRemovesIt() {
    model.observe(user, book, 1, NOW);
    assertThat(model.observe(user, book, -0.4f, NOW + 1)).isEqualTo(Observation.WEAKENED_EDGE);
    assertThat(user.historyWeight(0)).isEqualTo(0.6f);
    assertThat(model.observe(user, book, -0.6f, NOW + 2)).isEqualTo(Observation.REMOVED_EDGE);
    model.learn();
    assertThat(user.historySize()).isZero();
    assertThat(user.degree()).isZero();
    assertThat(items.degree(book)).isZero();
    assertThat(items.counts(book).popularityAt(0, NOW, options)).isZero();
  }

  @Test
  void takingBackLaterCancelsThePopularityOfThen() {
    model.observe(user, book, 1, NOW);
    model.observe(new UserProfile("bob", options), book, 1, NOW);
    model.learn();
    model.observe(user, book, -1, NOW + 3 * DAY);
    model.learn();
    assertThat(items.counts(book).popularityAt(0, NOW, options)).isCloseTo(1, within(1e-12));
    assertThat(items.degree(book)).isEqualTo(1);
  }

  @Test
  void takingBackWhatIsNoPositiveIsIgnored() {
    assertThat(model.observe(user, book, -1, NOW)).isEqualTo(Observation.NOTHING_TO_TAKE_BACK);
    model.observe(user, film, 0, NOW);
    assertThat(model.observe(user, film, -1, NOW)).isEqualTo(Observation.NOTHING_TO_TAKE_BACK);
    model.learn();
    assertThat(user.degree()).isZero();
    assertThat(history()).containsExactly(film);
  }

  @Test
  void aNotedItemIsKnownButNoPositiveUntilItBecomesOne() {
    assertThat(model.observe(user, book, 0, NOW)).isEqualTo(Observation.NOTED);
    model.learn();
    assertThat(user.knows(book)).isTrue();
    assertThat(user.degree()).isZero();
    assertThat(items.degree(book)).isZero();
    assertThat(items.counts(book).popularityAt(0, NOW, options)).isZero();
    assertThat(items.candidate(book)).as("nobody likes it yet").isFalse();
    assertThat(model.observe(user, book, 1, NOW + 1)).isEqualTo(Observation.NEW_EDGE);
    assertThat(user.degree()).isEqualTo(1);
    assertThat(user.historySize()).isEqualTo(1);
  }

  @Test
  void anItemThatWasShownIsExposedButNeitherKnownNorTaken() {
    assertThat(model.show(user, book, NOW)).isEqualTo(Observation.SHOWN);
    model.learn();
    assertThat(user.lastSeen()).isEqualTo(NOW);
    assertThat(user.knows(book)).isFalse();
    assertThat(items.counts(book).exposures()).isEqualTo(1);
    assertThat(items.candidate(book)).isFalse();
    assertThat(model.observe(user, book, -1, NOW)).isEqualTo(Observation.NOTHING_TO_TAKE_BACK);
    assertThat(model.observe(user, book, 2, NOW + 1)).isEqualTo(Observation.NEW_EDGE);
    assertThat(user.historySize()).isEqualTo(1);
    assertThat(user.historyWeight(0)).isEqualTo(2);
    model.show(user, book, NOW + 2);
    assertThat(user.hasEdge(book)).isTrue();
    model.show(user, film, NOW + 2);
    assertThat(model.observe(user, film, 0, NOW + 3)).isEqualTo(Observation.NOTED);
    assertThat(user.knows(film)).isTrue();
  }

  @Test
  void whatWasShownNeverCrowdsOutWhatWasTaken() {
    ModelOptions roomy = ModelOptions.builder().dim(4).historyBound(100).build();
    try (OnlineModel fresh = new OnlineModel(roomy)) {
      UserProfile bob = new UserProfile("bob", roomy);
      int taken = fresh.items().indexOrAdd("taken");
      fresh.observe(bob, taken, 1, NOW);
      for (int i = 0; i < 500; i++) {
        fresh.show(bob, fresh.items().indexOrAdd("shown" + i), NOW + i);
      }
      assertThat(bob.hasEdge(taken)).isTrue();
      assertThat(bob.historySize()).isEqualTo(1 + Companions.WIDE);
      assertThat(bob.historyItem(bob.historySize() - 1))
          .isEqualTo(fresh.items().indexOf("shown499"));
    }
  }

  @Test
  void companionsAreWhatTheUserMetLast() {
    model.show(user, film, NOW);
    model.observe(user, items.indexOrAdd("other"), 1, NOW + 1);
    model.observe(user, book, 1, NOW + 2);
    model.observe(user, book, 1, NOW + 3);
    ItemChange[] changes = model.learn();
    CompanionRow before = changes[2].companions();
    assertThat(changes[2].item()).isEqualTo(book);
    assertThat(before.size()).as("a repeat teaches nothing").isEqualTo(2);
    assertThat(before.wide(before.find(film))).isEqualTo(1);
    assertThat(items.companions().after(film).find(book)).isNotNegative();
  }

  @Test
  void notingAPositiveChangesNothing() {
    model.observe(user, book, 1, NOW);
    model.observe(user, book, 0, NOW + 1);
    assertThat(user.historyWeight(0)).isEqualTo(1);
    assertThat(user.historyTime(0)).isEqualTo(NOW);
  }

  @Test
  void theOldestEntriesLeaveAFullHistoryAndDegreesStay() {
    for (int i = 0; i < 6; i++) {
      model.observe(user, items.indexOrAdd("i" + i), 1, NOW + i);
    }
    model.learn();
    assertThat(history())
        .containsExactly(
            items.indexOf("i2"), items.indexOf("i3"), items.indexOf("i4"), items.indexOf("i5"));
    assertThat(user.degree()).isEqualTo(6);
    assertThat(items.degree(items.indexOf("i0"))).isEqualTo(1);
  }

  @Test
  void lateEventsKeepTheHistoryInTheOrderOfTime() {
    int late = items.indexOrAdd("late");
    model.observe(user, book, 1, NOW);
    model.observe(user, film, 1, NOW + 10);
    model.observe(user, late, 1, NOW + 5);
    assertThat(history()).containsExactly(book, late, film);
    model.observe(user, late, 1, NOW + 1);
    assertThat(history()).containsExactly(book, late, film);
    assertThat(user.historyTime(1)).isEqualTo(NOW + 5);
    assertThat(user.lastSeen()).isEqualTo(NOW + 10);
    model.learn();
    assertThat(items.counts(late).firstSeen()).isEqualTo(NOW + 1);
    assertThat(items.counts(late).lastSeen()).isEqualTo(NOW + 5);
  }

  @Test
  void anEventOlderThanAFullHistoryCountsButDoesNotEnterIt() {
    for (int i = 0; i < 4; i++) {
      model.observe(user, items.indexOrAdd("i" + i), 1, NOW + i);
    }
    model.observe(user, book, 1, NOW - 1);
    assertThat(user.knows(book)).isFalse();
    assertThat(user.degree()).isEqualTo(5);
    assertThat(user.historySize()).isEqualTo(4);
  }

  @Test
  void popularityDoesNotDependOnTheOrderOfEvents() {
    model.observe(user, book, 1, NOW);
    model.observe(new UserProfile("bob", options), book, 1, NOW + DAY);
    model.observe(new UserProfile("bob", options), film, 1, NOW + DAY);
    model.learn();
    model.observe(user, film, 1, NOW);
    model.learn();
    assertThat(items.counts(film).popularityAt(0, NOW + DAY, options))
        .isCloseTo(1.5, within(1e-12));
    assertThat(items.trending().key(0, film))
        .isCloseTo(items.trending().key(0, book), within(1e-9));
  }

  @Test
  void erasingAUserTakesBackEveryEdge() {
    UserProfile other = new UserProfile("bob", options);
    model.observe(user, book, 1, NOW);
    model.observe(user, book, 1, NOW);
    model.observe(other, film, 1, NOW);
    model.observe(user, film, 1, NOW + 5);
    model.observe(user, items.indexOrAdd("noted"), 0, NOW);
    model.learn();
    ItemChange[] changes = model.erase(user);
    assertThat(changes).extracting(ItemChange::item).containsExactlyInAnyOrder(book, film);
    assertThat(changes).allSatisfy(c -> assertThat(c.counts().degree()).isEqualTo(-1));
    assertThat(items.degree(film)).isEqualTo(1);
    assertThat(items.counts(film).popularityAt(0, NOW, options)).isCloseTo(1, within(1e-9));
    assertThat(items.degree(book)).isZero();
    assertThat(user.historySize()).isZero();
    assertThat(model.erase(user)).isEmpty();
  }

  @Test
  void aUserIsNotErasedWithinAMiniStep() {
    model.observe(user, book, 1, NOW);
    assertThatThrownBy(() -> model.erase(user)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anUndefinedWeightIsRefused() {
    assertThatThrownBy(() -> model.observe(user, book, Float.NaN, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void degreesAgreeWithTheEdgesAfterRandomEvents() {
    ModelOptions roomy = ModelOptions.builder().dim(4).build();
    Random random = new Random(5);
    try (OnlineModel fresh = new OnlineModel(roomy)) {
      UserProfile[] users = new UserProfile[5];
      for (int u = 0; u < users.length; u++) {
        users[u] = new UserProfile("u" + u, roomy);
      }
      for (int e = 0; e < 2000; e++) {
        int item = fresh.items().indexOrAdd("i" + random.nextInt(12));
        float weight = random.nextInt(5) - 2;
        fresh.observe(users[random.nextInt(5)], item, weight, NOW + random.nextInt(100_000));
        if (random.nextInt(4) == 0) {
          fresh.learn();
        }
      }
      fresh.learn();
      int[] degrees = new int[fresh.items().size()];
      for (UserProfile each : users) {
        int positives = 0;
        for (int h = 0; h < each.historySize(); h++) {
          assertThat(h == 0 || each.historyTime(h - 1) <= each.historyTime(h)).isTrue();
          if (each.historyWeight(h) > 0) {
            positives++;
            degrees[each.historyItem(h)]++;
          }
        }
        assertThat(each.degree()).isEqualTo(positives);
      }
      for (int i = 0; i < degrees.length; i++) {
        assertThat(fresh.items().degree(i)).isEqualTo(degrees[i]);
      }
    }
  }

  private int[] history() {
    int[] entries = new int[user.historySize()];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = user.historyItem(i);
    }
    return entries;
  }
}
