// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.EntryChanges;
import io.freshet.model.ItemTable;
import io.freshet.model.UserProfile;
import io.freshet.schema.UserEdges;
import io.freshet.schema.UserState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;

/**
 * Users in keyed state: by item id there, by the replica's index in memory.
 *
 * <p>Who acts is written before every checkpoint, so what is written must not grow with how much
 * the user ever did: of the edges, only those that changed are added to the state, and now and then
 * all are written in place of what is there.
 */
final class UserStore implements WriteBackCache.Store<UserProfile> {

  private record Edge(String item, long time, float weight) {}

  private final ValueState<UserState> state;
  private final ListState<UserEdges> edges;
  private final KeyedStateBackend<Object> keys;
  private final ItemTable items;

  UserStore(RuntimeContext context, KeyedStateBackend<Object> keys, ItemTable items) {
    this.state = context.getState(new ValueStateDescriptor<>("user", UserState.class));
    this.edges = context.getListState(new ListStateDescriptor<>("user-edges", UserEdges.class));
    this.keys = keys;
    this.items = items;
  }

  @Override
  public UserProfile load(String userId) throws Exception {
    keys.setCurrentKey(userId);
    UserState stored = state.value();
    if (stored == null) {
      return null;
    }
    List<UserEdges> writes = new ArrayList<>();
    edges.get().forEach(writes::add);
    boolean older = stored.edges().size() > 0;
    List<Edge> latest = latest(older ? List.of(stored.edges()) : writes);
    int[] history = new int[latest.size()];
    long[] times = new long[history.length];
    float[] weights = new float[history.length];
    int size = 0;
    for (Edge edge : latest) {
      int item = items.indexOrAdd(edge.item());
      if (item >= 0) { // else the table is full: an item nobody else holds leaves the history
        items.metAt(item, edge.time()); // lest it leave before the edge
        history[size] = item;
        times[size] = edge.time();
        weights[size] = edge.weight();
        size++;
      }
    }
    UserProfile user =
        UserProfile.restore(
            userId,
            stored.embedding(),
            stored.accumulator(),
            stored.threshold(),
            stored.thresholdAccumulator(),
            stored.degree(),
            history,
            times,
            weights,
            size,
            indices(stored.list()),
            stored.listTime(),
            stored.lastSeen());
    user.code(stored.codes(), stored.codesEpoch(), stored.codesVersion(), stored.codesTime());
    if (!older) {
      user.historyChanges().stored(writes.stream().mapToInt(UserEdges::size).sum());
    }
    return user;
  }

  /** What holds of all that was written, in the order of time. */
  private static List<Edge> latest(List<UserEdges> writes) {
    List<Edge> latest = new ArrayList<>();
    Set<String> overruled = new HashSet<>();
    for (int w = writes.size() - 1; w >= 0; w--) {
      UserEdges write = writes.get(w);
      for (int e = write.size() - 1; e >= 0; e--) {
        String item = write.items()[e];
        if (overruled.add(item) && !write.gone(e)) {
          latest.add(new Edge(item, write.times()[e], write.weights()[e]));
        }
      }
    }
    Collections.reverse(latest);
    latest.sort(Comparator.comparingLong(Edge::time)); // stable: of one time, as they were written
    return latest;
  }

  private int[] indices(String[] ids) {
    int[] indices = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      indices[i] = items.indexOf(ids[i]);
    }
    return indices;
  }

  @Override
  public void save(String userId, UserProfile user) throws Exception {
    keys.setCurrentKey(userId);
    state.update(
        new UserState(
            user.embedding(),
            user.accumulator(),
            user.threshold(),
            user.thresholdAccumulator(),
            user.degree(),
            UserEdges.NONE,
            user.lastSeen(),
            ids(user.lastList()),
            user.lastListTime(),
            user.codes(),
            user.codesEpoch(),
            user.codesVersion(),
            user.codesTime()));
    saveEdges(user);
  }

  private void saveEdges(UserProfile user) throws Exception {
    List<Edge> written = new ArrayList<>();
    EntryChanges changes = user.historyChanges();
    if (changes.areAll()) {
      addEntries(user, IntStream.range(0, user.historySize()), written);
      edges.update(List.of(write(written)));
      changes.stored(written.size());
      return;
    }
    int[] changed = changes.items();
    int[] positions = Arrays.stream(changed).map(user::historyIndex).toArray();
    for (int i = 0; i < changed.length; i++) {
      if (positions[i] < 0) {
        written.add(new Edge(items.idOf(changed[i]), 0, UserEdges.GONE));
      }
    }
    addEntries(user, Arrays.stream(positions).filter(at -> at >= 0).sorted(), written);
    if (!written.isEmpty()) {
      edges.add(write(written));
      changes.stored(changes.storedEntries() + written.size());
    }
  }

  private void addEntries(UserProfile user, IntStream positions, List<Edge> to) {
    positions.forEach(
        at ->
            to.add(
                new Edge(
                    items.idOf(user.historyItem(at)),
                    user.historyTime(at),
                    user.historyWeight(at))));
  }

  private static UserEdges write(List<Edge> edges) {
    String[] ids = new String[edges.size()];
    long[] times = new long[ids.length];
    float[] weights = new float[ids.length];
    for (int e = 0; e < ids.length; e++) {
      ids[e] = edges.get(e).item();
      times[e] = edges.get(e).time();
      weights[e] = edges.get(e).weight();
    }
    return new UserEdges(ids, times, weights);
  }

  private String[] ids(int[] indices) {
    String[] ids = new String[indices.length];
    int size = 0;
    for (int index : indices) {
      if (index >= 0) {
        ids[size++] = items.idOf(index);
      }
    }
    return size == ids.length ? ids : Arrays.copyOf(ids, size);
  }

  @Override
  public void delete(String userId) throws Exception {
    keys.setCurrentKey(userId);
    state.clear();
    edges.clear();
  }
}
