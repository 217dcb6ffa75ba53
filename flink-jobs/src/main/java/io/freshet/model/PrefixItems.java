// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What users took of late, by the prefix of their code path at each level: a bounded number of
 * items a prefix, of which the one with the least decayed count makes room for another. Counts are
 * those of this learner's own users, and go with a user whose path changes: a prefix tells what
 * those took who share it now, whatever its codes meant before a re-fit.
 */
final class PrefixItems {

  /** A level with more prefixes is left aside: few users share one there. */
  private static final int MOST_PREFIXES = 1 << 16;

  /** What was taken this many half-lives ago counts a sixteenth, which is as good as nothing. */
  static final double HALF_LIVES = 4;

  /** Counts below this are rounding errors of those that were taken away. */
  private static final double LEAST_COUNT = 1e-3;

  private static final double LN2 = Math.log(2);

  private final int codes;
  private final int most;
  private final double halfLife;
  private final Group[][] levels;

  /**
   * @param most items of one prefix
   * @param halfLifeMillis event time in which a count halves
   */
  PrefixItems(int levels, int codes, int most, long halfLifeMillis) {
    this.codes = codes;
    this.most = most;
    this.halfLife = halfLifeMillis;
    int kept = 0;
    for (long prefixes = codes; kept < levels && prefixes <= MOST_PREFIXES; prefixes *= codes) {
      kept++;
    }
    this.levels = new Group[kept][];
    int prefixes = codes;
    for (int l = 0; l < kept; l++) {
      this.levels[l] = new Group[prefixes];
      prefixes *= codes;
    }
  }

  /** Levels that are counted at. */
  int levels() {
    return levels.length;
  }

  /** Counts an item for every prefix of a path. */
  void took(int[] path, int item, long time) {
    int prefix = 0;
    for (int l = 0; l < levels.length && l < path.length; l++) {
      prefix = prefix * codes + path[l];
      groupOrNew(l, prefix).took(item, time);
    }
  }

  /**
   * Takes what a user took of late from the prefixes of one path to those of another.
   *
   * @param from the path by which it was counted; of no values if it was not
   */
  void move(int[] from, int[] to, EdgeHistory history) {
    if (history.size() == 0) {
      return;
    }
    long oldest = history.time(history.size() - 1) - (long) (HALF_LIVES * halfLife);
    int old = 0;
    int prefix = 0;
    for (int l = 0; l < levels.length && l < to.length; l++) {
      prefix = prefix * codes + to[l];
      old = l < from.length ? old * codes + from[l] : -1;
      if (old == prefix) {
        continue;
      }
      Group left = old < 0 ? null : levels[l][old];
      Group joined = groupOrNew(l, prefix);
      for (int i = history.size() - 1; i >= 0 && history.time(i) >= oldest; i--) {
        if (history.weight(i) > 0) {
          if (left != null) {
            left.untook(history.item(i), history.time(i));
          }
          joined.took(history.item(i), history.time(i));
        }
      }
    }
  }

  private Group groupOrNew(int level, int prefix) {
    Group group = levels[level][prefix];
    if (group == null) {
      group = new Group();
      levels[level][prefix] = group;
    }
    return group;
  }

  /**
   * What users who share the first codes of a path took; null where nobody did anything yet.
   *
   * @param level how many codes are shared, less one
   */
  Group group(int[] path, int level) {
    if (path.length <= level) {
      return null;
    }
    int prefix = 0;
    for (int l = 0; l <= level; l++) {
      prefix = prefix * codes + path[l];
    }
    return levels[level][prefix];
  }

  /** Forgets items. */
  void removeAll(BitSet gone) {
    for (Group[] level : levels) {
      for (Group group : level) {
        if (group != null) {
          group.removeAll(gone);
        }
      }
    }
  }

  /** Items of one prefix. */
  final class Group {
    private int[] items = new int[4];
    private double[] keys = new double[4];
    private int size;

    int size() {
      return size;
    }

    int item(int place) {
      return items[place];
    }

    /** {@code log2(count) + time / halfLife}, which stays as it is while the count decays. */
    double key(int place) {
      return keys[place];
    }

    private void took(int item, long time) {
      double now = time / halfLife;
      int least = 0;
      for (int i = 0; i < size; i++) {
        if (items[i] == item) {
          keys[i] = now + log2(Math.exp((keys[i] - now) * LN2) + 1);
          return;
        }
        if (keys[i] < keys[least]) {
          least = i;
        }
      }
      if (size < most) {
        if (size == items.length) {
          int grown = Math.min(most, 2 * size);
          items = Arrays.copyOf(items, grown);
          keys = Arrays.copyOf(keys, grown);
        }
        least = size++;
      } else if (keys[least] > now) {
        return;
      }
      items[least] = item;
      keys[least] = now;
    }

    private void untook(int item, long time) {
      double then = time / halfLife;
      for (int i = 0; i < size; i++) {
        if (items[i] == item) {
          double rest = Math.exp((keys[i] - then) * LN2) - 1;
          if (rest > LEAST_COUNT) {
            keys[i] = then + log2(rest);
          } else {
            size--;
            items[i] = items[size];
            keys[i] = keys[size];
          }
          return;
        }
      }
    }

    private void removeAll(BitSet gone) {
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (!gone.get(items[i])) {
          items[kept] = items[i];
          keys[kept++] = keys[i];
        }
      }
      size = kept;
    }
  }

  private static double log2(double value) {
    return Math.log(value) / LN2;
  }

  /** Event times in ms by which counts halve. */
  double halfLife() {
    return halfLife;
  }
}
