// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import java.util.Arrays;

/** The last few items that each user took. */
final class RecentItems {
  static final int NONE = -1;

  // A power of two.
  private static final int PER_USER = 4;

  private final int[] items;
  private final byte[] next;

  RecentItems(int users) {
    items = new int[users * PER_USER];
    next = new byte[users];
    Arrays.fill(items, NONE);
  }

  void add(int user, int item) {
    items[user * PER_USER + next[user]] = item;
    next[user] = (byte) ((next[user] + 1) % PER_USER);
  }

  /** One of the user's items, or {@link #NONE}. */
  int any(int user, SplitMix64 random) {
    return items[anySlot(user, random)];
  }

  /** As {@link #any}, and forgets it. */
  int takeAny(int user, SplitMix64 random) {
    int slot = anySlot(user, random);
    int item = items[slot];
    items[slot] = NONE;
    return item;
  }

  private static int anySlot(int user, SplitMix64 random) {
    return user * PER_USER + random.nextInt(PER_USER);
  }
}
