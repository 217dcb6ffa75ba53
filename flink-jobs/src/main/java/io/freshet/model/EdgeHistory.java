// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;

/**
 * A user's edges in the order of their event time, the latest last, each item at most once.
 * Bounded: the oldest leave first. An entry of weight 0 is noted: the user knows the item, but it
 * is not a positive. An entry of weight {@link #SHOWN} was merely shown: it tells where the user
 * was looking, and only the latest few are kept.
 */
final class EdgeHistory {

  /** Weight of an entry that was shown to the user, who did nothing about it. */
  static final float SHOWN = -1;

  private int[] items;
  private long[] times;
  private float[] weights;
  private int size;
  private final EntryChanges changes = new EntryChanges();

  EdgeHistory() {
    this(new int[8], new long[8], new float[8], 0);
  }

  EdgeHistory(int[] items, long[] times, float[] weights, int size) {
    if (size > items.length || size > times.length || size > weights.length) {
      throw new IllegalArgumentException("history arrays are shorter than its size " + size);
    }
    this.items = items;
    this.times = times;
    this.weights = weights;
    this.size = size;
  }

  int size() {
    return size;
  }

  int item(int i) {
    return items[i];
  }

  long time(int i) {
    return times[i];
  }

  float weight(int i) {
    return weights[i];
  }

  /** What changed since the history was stored. */
  EntryChanges changes() {
    return changes;
  }

  /** Position of an item, or -1; looks from the latest back. */
  int find(int item) {
    for (int i = size - 1; i >= 0; i--) {
      if (items[i] == item) {
        return i;
      }
    }
    return -1;
  }

  /** Makes room for one more item that was merely shown: of so many, the oldest leaves. */
  void trimShown(int most) {
    int oldest = -1;
    int shown = 0;
    for (int i = size - 1; i >= 0; i--) {
      if (weights[i] == SHOWN) {
        shown++;
        oldest = i;
      }
    }
    if (shown >= most) {
      remove(oldest);
    }
  }

  /** Adds an item that is not there, behind all entries that are not later than it. */
  void insert(int item, long time, float weight, int bound) {
    if (size >= bound) {
      if (time < times[0]) {
        return;
      }
      removeOldest(size - bound + 1);
    }
    if (size == items.length) {
      int grown = Math.min(bound, Math.max(8, items.length * 2));
      items = Arrays.copyOf(items, grown);
      times = Arrays.copyOf(times, grown);
      weights = Arrays.copyOf(weights, grown);
    }
    int at = size;
    while (at > 0 && times[at - 1] > time) {
      at--;
    }
    shift(at, at + 1, size - at);
    set(at, item, time, weight);
    size++;
    changes.note(item, size);
  }

  /** Gives an entry a new weight and a time that is not before its own, and moves it there. */
  void renew(int at, long time, float weight) {
    int item = items[at];
    int to = at;
    while (to + 1 < size && times[to + 1] <= time) {
      to++;
    }
    shift(at + 1, at, to - at);
    set(to, item, time, weight);
    changes.note(item, size);
  }

  void setWeight(int at, float weight) {
    weights[at] = weight;
    changes.note(items[at], size);
  }

  void remove(int at) {
    changes.note(items[at], size);
    shift(at + 1, at, size - at - 1);
    size--;
  }

  void clear() {
    changes.all();
    size = 0;
  }

  void removeOldest(int count) {
    for (int i = 0; i < count; i++) {
      changes.note(items[i], size);
    }
    shift(count, 0, size - count);
    size -= count;
  }

  private void shift(int from, int to, int count) {
    System.arraycopy(items, from, items, to, count);
    System.arraycopy(times, from, times, to, count);
    System.arraycopy(weights, from, weights, to, count);
  }

  private void set(int at, int item, long time, float weight) {
    items[at] = item;
    times[at] = time;
    weights[at] = weight;
  }
}
