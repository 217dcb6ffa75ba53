// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OnlineModelTest {

  private static final long NOW = 1_700_000_000_000L;

  private final ModelOptions options = ModelOptions.builder().dim(8).candidates(200).build();

  @Test
  void tasteGroupsAreLearnedFromTheStream() {
    try (OnlineModel model = new OnlineModel(options)) {
      UserProfile[] users = twoGroups(model, 600);
      RankedList[] lists = model.rank(users, users.length, 5, true, null);
      int own = 0;
      int all = 0;
      for (int u = 0; u < users.length; u++) {
        for (int item : lists[u].items()) {
          own += model.items().idOf(item).startsWith(u % 2 == 0 ? "even" : "odd") ? 1 : 0;
          all++;
        }
      }
      assertThat(all).isEqualTo(users.length * 5);
      assertThat(own).isGreaterThan(all * 9 / 10);
    }
  }

  @Test
  void theSameEventsGiveTheSameBits() {
    try (OnlineModel one = new OnlineModel(options);
        OnlineModel two = new OnlineModel(options)) {
      UserProfile[] usersOfOne = twoGroups(one, 500);
      UserProfile[] usersOfTwo = twoGroups(two, 500);
      assertThat(one.items().rows).isEqualTo(two.items().rows);
      assertThat(usersOfOne[3].embedding()).isEqualTo(usersOfTwo[3].embedding());
      assertThat(one.rank(usersOfOne, 10, 7, true, null))
          .usingRecursiveComparison()
          .isEqualTo(two.rank(usersOfTwo, 10, 7, true, null));
    }
  }

  @Test
  void aMiniStepReturnsOneChangePerItemUnderOneAscendingSequence() {
    try (OnlineModel model = new OnlineModel(options)) {
      twoGroups(model, 200);
      long before = model.sequence();
      UserProfile ann = new UserProfile("ann", options);
      model.observe(ann, 0, 1, NOW);
      model.observe(ann, 1, 1, NOW);
      model.observe(new UserProfile("bob", options), 0, 1, NOW);
      ItemChange[] changes = model.learn();
      assertThat(changes).extracting(ItemChange::item).doesNotHaveDuplicates().contains(0, 1);
      assertThat(changes).allSatisfy(c -> assertThat(c.sequence()).isEqualTo(before + 1));
      assertThat(changes[0].counts().degree()).isEqualTo(2);
      assertThat(changes[0].counts().popularity()[0]).isEqualTo(2);
      assertThat(model.learn()).isEmpty();
      assertThat(model.sequence()).isEqualTo(before + 1);
    }
  }

  @Test
  void aLearnerThatIsBehindReplaysLessAndAnIdleOneMore() {
    ModelOptions paced =
        ModelOptions.builder().dim(8).replays(3).replayBehind(0).replayIdle(5).build();

    int behind = itemsMovedByTheLastOf40(paced, paced.replayBehind());
    int even = itemsMovedByTheLastOf40(paced, 1);
    int idle = itemsMovedByTheLastOf40(paced, paced.replayIdle());

    assertThat(behind).isEqualTo(1 + paced.negatives());
    assertThat(even).isBetween(behind + 2, behind + 3);
    assertThat(idle).isBetween(behind + 8, behind + 15);
  }

  /** A user's own items are no negatives, so those that move are replayed. */
  private static int itemsMovedByTheLastOf40(ModelOptions options, float replay) {
    try (OnlineModel model = new OnlineModel(options)) {
      UserProfile ann = new UserProfile("ann", options);
      for (int i = 0; i < 400; i++) {
        UserProfile other = new UserProfile("other" + i, options);
        model.observe(other, model.items().indexOrAdd("theirs" + i), 1, NOW);
      }
      for (int i = 0; i < 39; i++) {
        model.observe(ann, model.items().indexOrAdd("hers" + i), 1, NOW + i);
      }
      model.learn();
      model.observe(ann, model.items().indexOrAdd("last"), 1, NOW + 39);
      return (int)
          Arrays.stream(model.learn(replay)).filter(change -> change.gradient() != null).count();
    }
  }

  @Test
  void ownersThatApplyTheChangesEndWithTheReplicasRows() {
    try (OnlineModel model = new OnlineModel(options)) {
      List<OwnedItem> owners = new ArrayList<>();
      Random random = new Random(2);
      UserProfile[] users = {new UserProfile("ann", options), new UserProfile("bob", options)};
      for (int e = 0; e < 300; e++) {
        int item = model.items().indexOrAdd("i" + random.nextInt(30));
        if (item == owners.size()) {
          owners.add(InitialRows.hashed(options).item(model.items().idOf(item)));
        }
        model.observe(users[random.nextInt(2)], item, random.nextInt(4) - 1, NOW + e);
        for (ItemChange change : model.learn()) {
          owners.get(change.item()).apply(change, options);
        }
      }
      for (int i = 0; i < owners.size(); i++) {
        assertThat(model.items().row(i)).usingRecursiveComparison().isEqualTo(owners.get(i));
      }
    }
  }

  @Test
  void aColdUserGetsWhatIsPopularNow() {
    try (OnlineModel model = new OnlineModel(options)) {
      int old = popular(model, "old", 5, NOW);
      int now = popular(model, "now", 3, NOW + 3 * 86_400_000L);
      int tail = popular(model, "tail", 1, NOW);
      UserProfile cold = new UserProfile("cold", options);
      RankedList list = model.rank(new UserProfile[] {cold}, 1, 10, true, null)[0];
      assertThat(list.cold()).isTrue();
      assertThat(list.items()).containsExactly(now, old, tail);
      model.observe(cold, old, 1, NOW);
      model.learn();
      RankedList warm = model.rank(new UserProfile[] {cold}, 1, 10, true, null)[0];
      assertThat(warm.cold()).isFalse();
      assertThat(warm.items()).containsExactlyInAnyOrder(now, tail);
    }
  }

  @Test
  void itemsOfEqualPopularityAreRankedInTheOrderOfTheirAppearance() {
    try (OnlineModel model = new OnlineModel(options)) {
      int first = popular(model, "first", 1, NOW);
      int second = popular(model, "second", 1, NOW);
      int third = popular(model, "third", 2, NOW);
      UserProfile cold = new UserProfile("cold", options);
      assertThat(model.rank(new UserProfile[] {cold}, 1, 3, true, null)[0].items())
          .containsExactly(third, first, second);
      int[] ranks = new int[3];
      model.test(
          new UserProfile[] {cold, cold, cold},
          new int[] {second, first, third},
          times(3),
          3,
          ranks);
      assertThat(ranks).containsExactly(3, 2, 1);
    }
  }

  @Test
  void listsLeaveOutSeenNotedHiddenUntouchedAndExcludedItems() {
    try (OnlineModel model = new OnlineModel(options)) {
      int seen = popular(model, "seen", 9, NOW);
      int noted = popular(model, "noted", 8, NOW);
      int hidden = popular(model, "hidden", 7, NOW);
      int excluded = popular(model, "excluded", 6, NOW);
      int left = popular(model, "left", 2, NOW);
      int untouched = model.items().indexOrAdd("untouched");
      model.items().setHidden(hidden, true);
      UserProfile ann = new UserProfile("ann", options);
      UserProfile bob = new UserProfile("bob", options);
      model.observe(ann, seen, 1, NOW);
      model.observe(ann, noted, 0, NOW);
      model.learn();
      RankedList[] lists =
          model.rank(new UserProfile[] {ann, bob}, 2, 10, true, new int[][] {{excluded}, null});
      assertThat(lists[0].items()).containsExactly(left);
      assertThat(lists[1].items()).containsExactly(seen, noted, excluded, left);
      int[] ranks = new int[6];
      UserProfile[] six = new UserProfile[6];
      Arrays.fill(six, ann);
      model.test(six, new int[] {seen, noted, hidden, untouched, -1, left}, times(6), 6, ranks);
      // What ann only noted still counts against the model: lists leave it out, tests do not.
      assertThat(ranks).containsExactly(0, 1, 0, 0, 0, 3);
    }
  }

  @Test
  void aTestedRankIsThePositionInTheFullList() {
    try (OnlineModel model = new OnlineModel(options)) {
      UserProfile[] users = twoGroups(model, 400);
      int size = model.items().size();
      UserProfile[] pairs = new UserProfile[200];
      int[] tested = new int[200];
      int[] ranks = new int[200];
      Random random = new Random(9);
      for (int p = 0; p < 200; p++) {
        pairs[p] = users[p * users.length / 200];
        tested[p] = random.nextInt(size);
      }
      model.test(pairs, tested, times(200), 200, ranks);
      RankedList[] lists = model.rank(pairs, 200, size, true, null);
      for (int p = 0; p < 200; p++) {
        int[] list = lists[p].items();
        int rank = 0;
        for (int i = 0; i < list.length && rank == 0; i++) {
          rank = list[i] == tested[p] ? i + 1 : 0;
        }
        assertThat(ranks[p]).isEqualTo(rank);
      }
    }
  }

  @Test
  void anEmptyModelRanksNothing() {
    try (OnlineModel model = new OnlineModel(options)) {
      UserProfile[] one = {new UserProfile("ann", options)};
      int[] ranks = {7};
      model.test(one, new int[] {-1}, times(1), 1, ranks);
      assertThat(ranks).containsExactly(0);
      assertThat(model.rank(one, 1, 5, true, null)[0].items()).isEmpty();
      assertThat(model.learn()).isEmpty();
    }
  }

  @Test
  void aPositiveTakenBackInItsMiniStepDoesNoHarm() {
    try (OnlineModel model = new OnlineModel(options)) {
      int item = popular(model, "book", 2, NOW);
      popular(model, "film", 2, NOW);
      UserProfile ann = new UserProfile("ann", options);
      model.observe(ann, item, 1, NOW);
      model.observe(ann, item, -1, NOW);
      model.learn();
      assertThat(model.items().degree(item)).isEqualTo(2);
    }
  }

  @Test
  void aRestoredProfileIsRankedLikeTheOneThatWasStored() {
    try (OnlineModel model = new OnlineModel(options)) {
      UserProfile user = twoGroups(model, 400)[0];
      user.published(new int[] {3}, NOW);
      int n = user.historySize();
      int[] items = new int[n];
      long[] times = new long[n];
      float[] weights = new float[n];
      for (int i = 0; i < n; i++) {
        items[i] = user.historyItem(i);
        times[i] = user.historyTime(i);
        weights[i] = user.historyWeight(i);
      }
      UserProfile restored =
          UserProfile.restore(
              user.id(),
              user.embedding().clone(),
              user.accumulator(),
              user.threshold(),
              user.thresholdAccumulator(),
              user.degree(),
              items,
              times,
              weights,
              n,
              user.lastList(),
              user.lastListTime(),
              user.lastSeen());
      assertThat(restored).usingRecursiveComparison().ignoringFields("history").isEqualTo(user);
      assertThat(model.rank(new UserProfile[] {restored}, 1, 9, true, null))
          .usingRecursiveComparison()
          .isEqualTo(model.rank(new UserProfile[] {user}, 1, 9, true, null));
      model.observe(restored, model.items().indexOrAdd("another"), 1, NOW + 9_000);
      assertThat(restored.historySize()).isEqualTo(n + 1);
    }
  }

  /** Twenty users; those of even number like "even" items, the others "odd" ones. */
  private UserProfile[] twoGroups(OnlineModel model, int events) {
    Random random = new Random(1);
    UserProfile[] users = new UserProfile[20];
    for (int u = 0; u < users.length; u++) {
      users[u] = new UserProfile("u" + u, options);
    }
    for (int e = 0; e < events; e++) {
      int u = random.nextInt(users.length);
      String id = (u % 2 == 0 ? "even" : "odd") + random.nextInt(60);
      model.observe(users[u], model.items().indexOrAdd(id), 1, NOW + e);
      if (e % 3 == 0) {
        model.learn();
      }
    }
    model.learn();
    return users;
  }

  private static long[] times(int count) {
    long[] times = new long[count];
    Arrays.fill(times, NOW);
    return times;
  }

  private int popular(OnlineModel model, String id, int count, long time) {
    int item = model.items().indexOrAdd(id);
    for (int i = 0; i < count; i++) {
      model.observe(new UserProfile(id + i, options), item, 1, time);
    }
    model.learn();
    return item;
  }
}
