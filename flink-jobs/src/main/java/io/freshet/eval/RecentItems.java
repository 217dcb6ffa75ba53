// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import java.util.Arrays;

/** Each user's last few items, newest first. */
final class RecentItems {
  private static final int[] NONE = {};

  private final int limit;
  private int[][] items = new int[0][];
  private int[] sizes = new int[0];

  RecentItems(int limit) {
    this.limit = limit;
  }

  int size(int user) {
    return user < sizes.length ? sizes[user] : 0;
  }

  /** The item taken {@code age} items before the newest. */
  int get(int user, int age) {
    return items[user][age];
  }

  void push(int user, int item) {
    if (user >= items.length) {
      int from = items.length;
      items = Arrays.copyOf(items, Math.max(user + 1, from * 2));
      Arrays.fill(items, from, items.length, NONE);
      sizes = Arrays.copyOf(sizes, items.length);
    }
    int size = Math.min(sizes[user] + 1, limit);
    if (size > items[user].length) {
      items[user] = Arrays.copyOf(items[user], Math.min(limit, Math.max(4, size * 2)));
    }
    System.arraycopy(items[user], 0, items[user], 1, size - 1);
    items[user][0] = item;
    sizes[user] = size;
  }
}
