// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.ModelOptions;
import io.freshet.model.OnlineModel;
import io.freshet.model.UserProfile;
import io.freshet.schema.UserEdges;
import io.freshet.schema.UserState;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserStoreTest {
  private static final int BOUND = 40;

  private final OnlineModel model =
      new OnlineModel(ModelOptions.builder().dim(2).historyBound(BOUND).build());
  private KeyedStates states;
  private UserStore store;

  @BeforeEach
  void open() throws Exception {
    open(new EmbeddedRocksDBStateBackend());
  }

  private void open(StateBackend backend) throws Exception {
    states = new KeyedStates(backend);
    store = new UserStore(states.context(), states.keys(), model.items());
  }

  @AfterEach
  void close() throws Exception {
    states.close();
    model.close();
  }

  @Test
  void aHistoryThatWasWrittenInPiecesIsReadAsItIs() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    UserProfile user = new UserProfile("u", model.options());
    for (int round = 0; round < 400; round++) {
      for (int act = random.nextInt(6); act > 0; act--) {
        act(user, random, round);
      }
      store.save("u", user);

      UserProfile read = store.load("u");
      assertThat(entries(read)).as("after round %d", round).isEqualTo(entries(user));
      assertThat(read.historyChanges().storedEntries())
          .isEqualTo(user.historyChanges().storedEntries());
      if (random.nextInt(10) == 0) {
        user = read; // as one who left the memory and came back
      }
    }
  }

  private void act(UserProfile user, SplittableRandom random, int round) {
    int item = model.items().indexOrAdd("i" + random.nextInt(3 * BOUND));
    // Times of their own: entries of one time may change places.
    long time = round * 1000L + random.nextInt(-4000, 1000);
    switch (random.nextInt(10)) {
      case 0 -> model.observe(user, item, -1, time);
      case 1 -> model.show(user, item, time);
      case 2 -> model.observe(user, item, 0, time);
      default -> model.observe(user, item, 1, time);
    }
    model.learn();
  }

  @Test
  void whatIsWrittenDoesNotGrowWithTheHistory() throws Exception {
    UserProfile user = new UserProfile("u", model.options());
    int written = 0;
    for (int i = 0; i < 1000; i++) {
      model.observe(user, model.items().indexOrAdd("i" + i), 1, i);
      model.learn();
      int before = user.historyChanges().storedEntries();
      store.save("u", user);
      boolean whole = user.historyChanges().storedEntries() <= before;
      written +=
          whole
              ? user.historyChanges().storedEntries()
              : user.historyChanges().storedEntries() - before;

      assertThat(user.historyChanges().storedEntries()).isLessThanOrEqualTo(2 * BOUND + 32);
    }
    // An edge that came, one that left for it, and of each what a whole write takes.
    assertThat(written).isLessThanOrEqualTo(1000 * 2 * 2);
  }

  @Test
  void aUserWithoutChangesOfEdgesWritesNone() throws Exception {
    UserProfile user = new UserProfile("u", model.options());
    model.observe(user, model.items().indexOrAdd("a"), 1, 1);
    store.save("u", user);
    user.seenAt(2);

    store.save("u", user);

    assertThat(writes("u")).hasSize(1);
    assertThat(store.load("u").lastSeen()).isEqualTo(2);
  }

  @Test
  void anEmptyProfileInTheUsersPlaceLeavesNothing() throws Exception {
    UserProfile user = new UserProfile("u", model.options());
    model.observe(user, model.items().indexOrAdd("a"), 1, 1);
    store.save("u", user);

    store.save("u", new UserProfile("u", model.options()));

    assertThat(store.load("u").historySize()).isZero();
    store.delete("u");
    assertThat(store.load("u")).isNull();
    assertThat(writes("u")).isEmpty();
  }

  @Test
  void edgesOfAnOlderFormatAreTakenOver() throws Exception {
    states.close();
    open(new HashMapStateBackend()); // which holds the value itself: the format of today has none
    UserProfile user = new UserProfile("u", model.options());
    model.observe(user, model.items().indexOrAdd("a"), 1, 1);
    model.observe(user, model.items().indexOrAdd("b"), 1, 2);
    store.save("u", user);
    List<UserEdges> edges = writes("u");
    store.delete("u");
    states.keys().setCurrentKey("u");
    states
        .context()
        .getState(new ValueStateDescriptor<>("user", UserState.class))
        .update(
            new UserState(
                new float[2], 0, 0, 0, 2, edges.get(0), 2, new String[0], 2, new int[0], 0, 0, 0));

    UserProfile read = store.load("u");
    assertThat(entries(read)).isEqualTo(entries(user));

    model.observe(read, model.items().indexOrAdd("c"), 1, 3);
    store.save("u", read);
    assertThat(entries(store.load("u"))).hasSize(3).isEqualTo(entries(read));
  }

  private List<UserEdges> writes(String userId) throws Exception {
    states.keys().setCurrentKey(userId);
    List<UserEdges> writes = new ArrayList<>();
    Iterable<UserEdges> edges =
        states
            .context()
            .getListState(new ListStateDescriptor<>("user-edges", UserEdges.class))
            .get();
    edges.forEach(writes::add);
    return writes;
  }

  private List<String> entries(UserProfile user) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < user.historySize(); i++) {
      entries.add(
          model.items().idOf(user.historyItem(i))
              + " "
              + user.historyTime(i)
              + " "
              + user.historyWeight(i));
    }
    return entries;
  }
}
