// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

/** Clicks that will follow impressions, the oldest first; when it is full, more are dropped. */
final class AwaitedClicks {
  private static final int CAPACITY = 256;

  private final int[] users = new int[CAPACITY];
  private final int[] items = new int[CAPACITY];
  private final long[] impressions = new long[CAPACITY];
  private int first;
  private int size;

  void add(int user, int item, long impression) {
    if (size == CAPACITY) {
      return;
    }
    int slot = (first + size++) % CAPACITY;
    users[slot] = user;
    items[slot] = item;
    impressions[slot] = impression;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int user() {
    return users[first];
  }

  int item() {
    return items[first];
  }

  /** Number of the event that showed the item. */
  long impression() {
    return impressions[first];
  }

  void remove() {
    first = (first + 1) % CAPACITY;
    size--;
  }
}
