// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * What is trending among the users who share a user's code prefix, for one user at a time. The
 * longest prefix comes first; where it brings too few items, those of the next shorter one follow,
 * and a user without codes gets none from here: what is trending among all stands in.
 */
final class PrefixChannel {

  /** Decayed counts below this are none. */
  private static final double LEAST_BITS = -PrefixItems.HALF_LIVES;

  private final PrefixItems taken;
  private final int levels;

  // By level and item: the key of what the prefix took, negative infinity but for the items there.
  private final double[][] keys;
  private int[] touched = new int[64];
  private int touchedCount;
  private int[] found = new int[64];
  private int count;

  PrefixChannel(PrefixItems taken) {
    this.taken = taken;
    this.levels = taken.levels();
    this.keys = new double[levels][0];
  }

  int levels() {
    return levels;
  }

  /**
   * Gathers for a user.
   *
   * @param items in the table
   * @param most items to bring
   * @param shown which may be brought
   */
  void gather(UserProfile user, int items, int most, IntPredicate shown) {
    begin(items);
    for (int l = levels - 1; l >= 0; l--) {
      PrefixItems.Group group = taken.group(user.codes(), l);
      for (int i = 0; group != null && i < group.size(); i++) {
        int item = group.item(i);
        boolean first = !touchedAt(item);
        keys[l][item] = group.key(i);
        if (first) {
          touch(item);
          if (count < most && shown.test(item)) {
            if (count == found.length) {
              found = Arrays.copyOf(found, 2 * count);
            }
            found[count++] = item;
          }
        }
      }
    }
  }

  int count() {
    return count;
  }

  int item(int place) {
    return found[place];
  }

  /** The log2 of how often users of the prefix took the item of late; one value a level. */
  void features(int item, long now, float[] out, int at) {
    double moment = now / taken.halfLife();
    for (int l = 0; l < levels; l++) {
      double key = item < keys[l].length ? keys[l][item] : Double.NEGATIVE_INFINITY;
      out[at + l] = (float) Math.max(LEAST_BITS, key - moment);
    }
  }

  private boolean touchedAt(int item) {
    for (int l = 0; l < levels; l++) {
      if (keys[l][item] > Double.NEGATIVE_INFINITY) {
        return true;
      }
    }
    return false;
  }

  private void touch(int item) {
    if (touchedCount == touched.length) {
      touched = Arrays.copyOf(touched, 2 * touchedCount);
    }
    touched[touchedCount++] = item;
  }

  private void begin(int items) {
    for (int l = 0; l < levels; l++) {
      for (int i = 0; i < touchedCount; i++) {
        keys[l][touched[i]] = Double.NEGATIVE_INFINITY;
      }
      if (keys[l].length < items) {
        int had = keys[l].length;
        keys[l] = Arrays.copyOf(keys[l], Math.max(items, 2 * had));
        Arrays.fill(keys[l], had, keys[l].length, Double.NEGATIVE_INFINITY);
      }
    }
    touchedCount = 0;
    count = 0;
  }
}
