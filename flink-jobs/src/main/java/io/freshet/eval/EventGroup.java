// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import java.util.Arrays;

/** The positive events of one moment, in stream order. */
final class EventGroup {
  private int[] users = new int[16];
  private int[] items = new int[16];
  private boolean[] tested = new boolean[16];
  private int size;
  private long timeMs;

  void clear(long nextTimeMs) {
    size = 0;
    timeMs = nextTimeMs;
  }

  /**
   * @param isTested whether it is the user's first with that item; otherwise it is a repeat
   */
  void add(int user, int item, boolean isTested) {
    if (size == users.length) {
      users = Arrays.copyOf(users, size * 2);
      items = Arrays.copyOf(items, size * 2);
      tested = Arrays.copyOf(tested, size * 2);
    }
    users[size] = user;
    items[size] = item;
    tested[size++] = isTested;
  }

  int size() {
    return size;
  }

  long timeMs() {
    return timeMs;
  }

  int user(int event) {
    return users[event];
  }

  int item(int event) {
    return items[event];
  }

  boolean isTested(int event) {
    return tested[event];
  }
}
