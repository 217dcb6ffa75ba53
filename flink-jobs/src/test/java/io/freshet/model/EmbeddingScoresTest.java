// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lists where the embedding looks at a part of the items, against those where it looks at all. */
class EmbeddingScoresTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final int GROUPS = 10;
  private static final int ITEMS = 1000;
  private static final int USERS = 200;
  private static final int EXACT = 200_000;
  private static final int EVENTS = 6000;

  @Test
  void listsOfTheEmbeddingAloneAreNearlyAsGoodAfterAnEighthOfTheItems() {
    double[] hits = new double[2];
    for (int run = 0; run < 2; run++) {
      ModelOptions options =
          ModelOptions.builder()
              .dim(16)
              .candidates(30)
              .channels(EnumSet.of(Channel.EMBEDDING))
              .exactUpTo(run == 0 ? EXACT : 50)
              .build();
      try (OnlineModel model = new OnlineModel(options)) {
        hits[run] = replay(model);
        assertThat(model.retrieval().pruned()).isEqualTo(run == 1);
        assertThat(model.retrieval().rowsPerList()).isEqualTo(run == 0 ? ITEMS : 4 * 30);
        assertThat(model.retrieval().recall()).isGreaterThan(0.5);
      }
    }
    assertThat(hits[0]).as("something to find").isGreaterThan(0.1);
    assertThat(hits[1]).isGreaterThan(0.9 * hits[0]);
  }

  @Test
  void allChannelsTogetherMakeListsAsGood() {
    double[] hits = new double[2];
    for (int run = 0; run < 2; run++) {
      ModelOptions options = options(run == 0 ? EXACT : 50, 0.01f);
      try (OnlineModel model = new OnlineModel(options)) {
        hits[run] = replay(model);
      }
    }
    assertThat(hits[1]).isGreaterThan(0.95 * hits[0]);
  }

  @Test
  void lookingAtAllItemsInCellsMakesTheSameLists() {
    try (OnlineModel exact = new OnlineModel(options(EXACT, 0.01f));
        OnlineModel cells = new OnlineModel(options(50, 1))) {
      UserProfile[] ofExact = observe(exact);
      UserProfile[] ofCells = observe(cells);
      settle(cells, ofCells);
      RankedList[] expected = exact.rank(ofExact, USERS, 20, true, null);
      RankedList[] lists = cells.rank(ofCells, USERS, 20, true, null);
      int same = 0;
      for (int u = 0; u < USERS; u++) {
        same += Arrays.equals(lists[u].items(), expected[u].items()) ? 1 : 0;
      }
      // Sums are rounded in another order, which may tell two items apart that were level.
      assertThat(same).isGreaterThanOrEqualTo(USERS * 98 / 100);
    }
  }

  @Test
  void whoIsNewGetsTheSameListAsWhereAllItemsAreScored() {
    try (OnlineModel exact = new OnlineModel(options(EXACT, 0.01f));
        OnlineModel pruned = new OnlineModel(options(50, 0.01f))) {
      observe(exact);
      settle(pruned, observe(pruned));
      UserProfile[] ann = {new UserProfile("ann", exact.options())};
      RankedList expected = exact.rank(ann, 1, 20, true, null)[0];
      RankedList list = pruned.rank(ann, 1, 20, true, null)[0];
      assertThat(list.cold()).isTrue();
      assertThat(list.items()).hasSize(20).isEqualTo(expected.items());
    }
  }

  @Test
  void aHiddenItemLeavesListsAndComesBack() {
    try (OnlineModel model = new OnlineModel(options(50, 0.01f))) {
      UserProfile[] users = observe(model);
      settle(model, users);
      UserProfile[] one = {users[3]};
      int best = model.rank(one, 1, 20, true, null)[0].items()[0];
      model.items().setHidden(best, true);
      assertThat(model.rank(one, 1, 20, true, null)[0].items()).doesNotContain(best);
      model.items().setHidden(best, false);
      assertThat(model.rank(one, 1, 20, true, null)[0].items()).contains(best);
    }
  }

  private static ModelOptions options(int exactUpTo, float scan) {
    return ModelOptions.builder().dim(16).candidates(30).exactUpTo(exactUpTo).scan(scan).build();
  }

  /** Tests each event of the later half before it is learned. */
  private static double replay(OnlineModel model) {
    UserProfile[] users = users(model);
    Random random = new Random(5);
    int[] rank = new int[1];
    int hits = 0;
    int tested = 0;
    for (int e = 0; e < EVENTS; e++) {
      int u = random.nextInt(USERS);
      int item = item(random, users[u], u % GROUPS);
      UserProfile[] user = {users[u]};
      model.test(user, new int[] {item}, new long[] {NOW + 1000L * e}, 1, rank);
      if (e >= EVENTS / 2 && rank[0] > 0) {
        tested++;
        hits += rank[0] <= 20 ? 1 : 0;
      }
      model.observe(users[u], item, 1, NOW + 1000L * e);
      model.learn();
    }
    return (double) hits / tested;
  }

  private static UserProfile[] observe(OnlineModel model) {
    UserProfile[] users = users(model);
    Random random = new Random(5);
    for (int e = 0; e < EVENTS; e++) {
      int u = random.nextInt(USERS);
      int item = item(random, users[u], u % GROUPS);
      model.observe(users[u], item, 1, NOW + 1000L * e);
      model.learn();
    }
    return users;
  }

  /** Makes lists until the cells have taken over. */
  private static void settle(OnlineModel model, UserProfile[] users) {
    while (!model.retrieval().pruned()) {
      model.rank(users, USERS, 20, true, null);
    }
  }

  private static UserProfile[] users(OnlineModel model) {
    for (int i = 0; i < ITEMS; i++) {
      model.items().indexOrAdd("i" + i);
    }
    UserProfile[] users = new UserProfile[USERS];
    for (int u = 0; u < USERS; u++) {
      users[u] = new UserProfile("u" + u, model.options());
    }
    return users;
  }

  /** One that the user does not know: nearly always of the group, more often a popular one. */
  private static int item(Random random, UserProfile user, int group) {
    while (true) {
      int of = random.nextInt(20) == 0 ? random.nextInt(GROUPS) : group;
      double skew = random.nextDouble();
      int item = of + GROUPS * (int) (ITEMS / GROUPS * skew * skew);
      if (!user.knows(item)) {
        return item;
      }
    }
  }
}
