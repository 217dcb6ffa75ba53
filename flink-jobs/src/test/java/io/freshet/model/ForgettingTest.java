// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForgettingTest {
  private static final long DAY = 86_400_000L;
  private static final long NOW = 20_000 * DAY;

  private static ModelOptions options(Forgetting forgetting) {
    return ModelOptions.builder()
        .dim(4)
        .historyBound(12)
        .companions(4)
        .candidates(10)
        .halfLives(List.of(DAY))
        .forgetting(forgetting)
        .build();
  }

  @Test
  void anEdgeCannotOutliveItsItem() {
    assertThat(new Forgetting(0, 0, 5 * DAY).edgeTtlMillis()).isEqualTo(5 * DAY);
    assertThat(new Forgetting(9 * DAY, 0, 5 * DAY).edgeTtlMillis()).isEqualTo(5 * DAY);
    assertThat(new Forgetting(2 * DAY, 0, 5 * DAY).edgeTtlMillis()).isEqualTo(2 * DAY);
    assertThatThrownBy(() -> new Forgetting(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoIsLookedForIsLookedForWhenAllOfItsStepHasLeftAndNoMoreThanAStepLater() {
    Forgetting forgetting = new Forgetting(8 * DAY, 0, 8 * DAY);
    for (long time = NOW; time < NOW + 3 * DAY; time += DAY / 7) {
      assertThat(forgetting.edgesUpTo(forgetting.edgesGoneAt(time))).isBetween(time, time + DAY);
      assertThat(forgetting.itemGoneAt(time)).isEqualTo(forgetting.edgesGoneAt(time) + DAY);
    }
    assertThat(forgetting.edgesGoneAt(NOW + DAY - 1)).isEqualTo(forgetting.edgesGoneAt(NOW));
  }

  @Test
  void anEdgeLosesHalfOfItsWeightInItsHalfLife() {
    Forgetting forgetting = new Forgetting(0, DAY, 0);
    assertThat(forgetting.left(2, DAY)).isCloseTo(1, within(1e-6f));
    assertThat(forgetting.left(2, -DAY)).as("a late event").isEqualTo(2);
    assertThat(Forgetting.NOTHING.left(2, 1000 * DAY)).isEqualTo(2);
  }

  @Test
  void theUsersOwnEventsTakeItsOldEdgesBack() {
    ModelOptions options = options(new Forgetting(10 * DAY, 0, 0));
    try (OnlineModel model = new OnlineModel(options)) {
      UserProfile user = new UserProfile("ann", options);
      int book = model.items().indexOrAdd("book");
      int film = model.items().indexOrAdd("film");
      int game = model.items().indexOrAdd("game");
      model.observe(user, book, 1, NOW);
      model.observe(user, game, 0, NOW + 1);
      model.observe(user, film, 1, NOW + 5 * DAY);
      model.learn();

      model.show(user, game, NOW + 11 * DAY);
      model.learn();

      assertThat(user.hasEdge(book)).isFalse();
      assertThat(user.knows(game)).isFalse();
      assertThat(user.hasEdge(film)).isTrue();
      assertThat(user.degree()).isEqualTo(1);
      assertThat(model.items().degree(book)).isZero();
      assertThat(model.items().degree(film)).isEqualTo(1);
      assertThat(model.items().counts(book).popularityAt(0, NOW, options))
          .as("it was taken then")
          .isEqualTo(1);
      assertThat(model.edgesExpired()).isEqualTo(1);
      assertThat(model.observe(user, book, -1, NOW + 11 * DAY))
          .isEqualTo(Observation.NOTHING_TO_TAKE_BACK);
    }
  }

  @Test
  void anEventOfATimeThatIsForgottenMakesNoEdge() {
    ModelOptions options = options(new Forgetting(10 * DAY, 0, 0));
    try (OnlineModel model = new OnlineModel(options)) {
      UserProfile user = new UserProfile("ann", options);
      int book = model.items().indexOrAdd("book");
      model.observe(user, model.items().indexOrAdd("film"), 1, NOW);
      assertThat(model.observe(user, book, 1, NOW - 10 * DAY)).isEqualTo(Observation.TOO_OLD);
      model.learn();
      assertThat(user.degree()).isEqualTo(1);
      assertThat(model.items().degree(book)).isZero();
    }
  }

  @Test
  void degreesAreTheUsersThatHaveALiveEdgeWhateverLeavesWhyever() {
    ModelOptions options = options(new Forgetting(10 * DAY, 0, 0));
    Random random = new Random(3);
    try (OnlineModel model = new OnlineModel(options)) {
      UserProfile[] users = new UserProfile[20];
      for (int u = 0; u < users.length; u++) {
        users[u] = new UserProfile("u" + u, options);
      }
      for (int e = 0; e < 5000; e++) {
        UserProfile user = users[random.nextInt(users.length)];
        int item = model.items().indexOrAdd("i" + random.nextInt(40));
        // About 40 events of a user in its days: more than a history holds; some come late.
        long time = NOW + e * DAY / 80 - (random.nextInt(8) == 0 ? random.nextInt(12) * DAY : 0);
        int kind = random.nextInt(6);
        model.observe(user, item, kind == 0 ? -1 : kind == 1 ? 0 : 1, time);
        if (e % 7 == 0) {
          model.forget(users[random.nextInt(users.length)], NOW + e * DAY / 80);
        }
        if (e % 5 == 0) {
          model.learn();
        }
      }
      model.learn();

      for (int item = 0; item < model.items().size(); item++) {
        long having = 0;
        for (UserProfile user : users) {
          having += user.hasEdge(item) ? 1 : 0;
        }
        assertThat(model.items().degree(item)).isEqualTo(having);
      }
      for (UserProfile user : users) {
        long edges = 0;
        for (int i = 0; i < user.historySize(); i++) {
          edges += user.historyWeight(i) > 0 ? 1 : 0;
        }
        assertThat(user.degree()).isEqualTo(edges);
      }
      assertThat(model.edgesExpired()).isGreaterThan(1000);
    }
  }

  @Test
  void aCatalogueThatComesAndGoesTakesNoMoreRoomThanWhatIsThereAtATime() {
    ModelOptions options = options(new Forgetting(0, 0, 8 * DAY));
    Random random = new Random(4);
    try (OnlineModel model = new OnlineModel(options)) {
      Map<String, UserProfile> users = new HashMap<>();
      Map<String, Map<String, Long>> reference = new HashMap<>();
      for (int day = 0; day < 200; day++) {
        for (int e = 0; e < 60; e++) {
          long time = NOW + day * DAY + e * 1000;
          String user = "u" + random.nextInt(30);
          // Ten new items a day, and none is met for longer than five days.
          String item = "i" + (10 * day + random.nextInt(50));
          UserProfile profile = users.computeIfAbsent(user, id -> new UserProfile(id, options));
          model.observe(profile, model.items().indexOrAdd(item), 1, time);
          reference.computeIfAbsent(user, id -> new HashMap<>()).put(item, time);
        }
        model.learn();
        long now = NOW + day * DAY;
        users.values().forEach(user -> model.forget(user, now));
        model.learn();
        model.forgetItems(now, users.values());
        UserProfile[] all = users.values().toArray(new UserProfile[0]);
        for (RankedList list : model.rank(all, all.length, 10, true, null)) {
          for (int item : list.items()) {
            assertThat(model.items().candidate(item)).isTrue();
            assertThat(model.items().counts(item).lastSeen()).isGreaterThan(now - 11 * DAY);
          }
        }
      }

      assertThat(model.items().size()).isBetween(100, 250);
      assertThat(model.items().count()).isLessThanOrEqualTo(model.items().size());
      assertThat(model.items().indexOf("i3")).isNegative();
      long last = NOW + 199 * DAY;
      users.forEach(
          (id, profile) -> {
            Set<String> edges = new HashSet<>();
            for (int i = 0; i < profile.historySize(); i++) {
              edges.add(model.items().idOf(profile.historyItem(i)));
            }
            Set<String> live = new HashSet<>(reference.get(id).keySet());
            // The latest twelve of those that are left.
            assertThat(live).containsAll(edges);
            edges.forEach(
                item -> assertThat(reference.get(id).get(item)).isGreaterThan(last - 8 * DAY));
            assertThat(edges).hasSize(profile.historySize()).isNotEmpty();
          });
    }
  }

  @Test
  void anItemThatComesBackStartsAnewAndAHiddenOneStays() {
    ModelOptions options = options(new Forgetting(0, 0, 8 * DAY));
    try (OnlineModel model = new OnlineModel(options)) {
      ItemTable items = model.items();
      UserProfile ann = new UserProfile("ann", options);
      UserProfile bob = new UserProfile("bob", options);
      int book = items.indexOrAdd("book");
      int film = items.indexOrAdd("film");
      int game = items.indexOrAdd("game");
      for (int item : List.of(book, film, game)) {
        model.observe(ann, item, 1, NOW);
        model.observe(bob, item, 1, NOW);
      }
      model.learn();
      items.setHidden(film, true);
      model.observe(bob, game, 1, NOW + 9 * DAY);
      model.learn();
      long later = NOW + 11 * DAY;
      for (UserProfile user : List.of(ann, bob)) {
        model.forget(user, later);
      }
      model.learn();

      assertThat(model.forgetItems(later, List.of(ann, bob))).isTrue();

      assertThat(items.indexOf("book")).isNegative();
      assertThat(items.hidden(film)).isTrue();
      assertThat(items.companions().before(game))
          .satisfies(row -> assertThat(row.find(book)).isNegative());
      assertThat(items.count()).isEqualTo(2);
      int other = items.indexOrAdd("other");
      assertThat(other).as("the free place").isEqualTo(book);
      assertThat(bob.hasEdge(other)).isFalse();
      assertThat(items.companions().before(other)).isNull();
      assertThat(items.companions().after(other)).isNull();
      int again = items.indexOrAdd("book");
      assertThat(items.degree(again)).isZero();
      assertThat(items.row(again).embedding())
          .isEqualTo(InitialRows.hashed(options).item("book").embedding());
      assertThat(items.candidate(again)).isFalse();
    }
  }
}
