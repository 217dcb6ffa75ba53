// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.ItemTable;
import io.freshet.model.UserProfile;
import io.freshet.schema.UserState;
import java.util.Arrays;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.KeyedStateBackend;

/** Users in keyed state: by item id there, by the replica's index in memory. */
final class UserStore implements WriteBackCache.Store<UserProfile> {
  private final ValueState<UserState> state;
  private final KeyedStateBackend<Object> keys;
  private final ItemTable items;

  UserStore(ValueState<UserState> state, KeyedStateBackend<Object> keys, ItemTable items) {
    this.state = state;
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
    int[] history = new int[stored.items().length];
    long[] times = stored.times();
    float[] weights = stored.weights();
    int size = 0;
    for (int i = 0; i < history.length; i++) {
      int item = items.indexOrAdd(stored.items()[i]);
      if (item >= 0) { // else the table is full: an item nobody else holds leaves the history
        items.metAt(item, times[i]); // lest it leave before the edge
        history[size] = item;
        times[size] = times[i];
        weights[size] = weights[i];
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
    return user;
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
    int size = user.historySize();
    String[] history = new String[size];
    long[] times = new long[size];
    float[] weights = new float[size];
    for (int i = 0; i < size; i++) {
      history[i] = items.idOf(user.historyItem(i));
      times[i] = user.historyTime(i);
      weights[i] = user.historyWeight(i);
    }
    keys.setCurrentKey(userId);
    state.update(
        new UserState(
            user.embedding(),
            user.accumulator(),
            user.threshold(),
            user.thresholdAccumulator(),
            user.degree(),
            history,
            times,
            weights,
            user.lastSeen(),
            ids(user.lastList()),
            user.lastListTime(),
            user.codes(),
            user.codesEpoch(),
            user.codesVersion(),
            user.codesTime()));
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
  }
}
