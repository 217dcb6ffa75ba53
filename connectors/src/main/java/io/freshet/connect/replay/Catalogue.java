// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The items on offer, per group in order of popularity. A new item enters somewhere in its group's
 * order and pushes every item below it one place down; the last one leaves. So new items appear,
 * some of them as hits, and old ones fade slowly. An item's group is its number modulo the groups.
 */
final class Catalogue {
  // Zipf-Mandelbrot: the weight of place p is (p + OFFSET)^-1.5. Its sum up to p, inverted, takes
  // no power: see place().
  private static final double OFFSET = 10;

  private final int[][] order;
  private final int groups;
  private int nextNumber;

  Catalogue(int items, int groups) {
    this.groups = groups;
    this.order = new int[groups][];
    for (int group = 0; group < groups; group++) {
      int size = items / groups + (group < items % groups ? 1 : 0);
      order[group] = new int[size];
      for (int place = 0; place < size; place++) {
        order[group][place] = place * groups + group;
      }
    }
    this.nextNumber = (items + groups - 1) / groups * groups;
  }

  int groupOf(int item) {
    return item % groups;
  }

  /** An item of a group by popularity; the number is uniform in [0, 1). */
  int item(int group, double uniform) {
    int[] items = order[group];
    return items[place(items.length, uniform)];
  }

  /**
   * The items that are drawn most often, the likeliest first; fewer than asked for if no more are
   * open.
   *
   * @param shares how often each group is drawn from
   * @param open which items may be among them
   */
  int[] likeliest(double[] shares, int k, IntPredicate open) {
    int[] places = new int[groups];
    int[] best = new int[k];
    for (int group = 0; group < groups; group++) {
      places[group] = nextOpen(order[group], 0, open);
    }
    for (int i = 0; i < k; i++) {
      int from = -1;
      double most = 0;
      for (int group = 0; group < groups; group++) {
        double share = shares[group] * share(order[group].length, places[group]);
        if (share > most) {
          most = share;
          from = group;
        }
      }
      if (from < 0) {
        return Arrays.copyOf(best, i);
      }
      best[i] = order[from][places[from]];
      places[from] = nextOpen(order[from], places[from] + 1, open);
    }
    return best;
  }

  private static int nextOpen(int[] items, int place, IntPredicate open) {
    int next = place;
    while (next < items.length && !open.test(items[next])) {
      next++;
    }
    return next;
  }

  /**
   * How often a draw from a group of this size is of this place; none is of one beyond the last.
   */
  private static double share(int size, int place) {
    if (place >= size) {
      return 0;
    }
    double all = 1 - Math.sqrt(OFFSET / (size + OFFSET));
    return (Math.sqrt(OFFSET / (place + OFFSET)) - Math.sqrt(OFFSET / (place + 1 + OFFSET))) / all;
  }

  private static int place(int size, double uniform) {
    double all = 1 - Math.sqrt(OFFSET / (size + OFFSET));
    double left = 1 - uniform * all;
    return Math.min(size - 1, (int) (OFFSET / (left * left) - OFFSET));
  }

  /** A new item in the group whose turn it is; the number, uniform in [0, 1), says how popular. */
  void renew(double uniform) {
    int item = nextNumber++;
    int[] items = order[groupOf(item)];
    int place = (int) (items.length * uniform * uniform);
    System.arraycopy(items, place, items, place + 1, items.length - 1 - place);
    items[place] = item;
  }
}
