// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import java.util.Arrays;

/** Counts of whole code paths, as an open hash: of the many possible paths few are taken. */
final class PathCounts {

  private static final int FREE = -1;

  private int[] paths;
  private int[] counts;
  private int size;

  PathCounts() {
    clear();
  }

  /** Distinct paths. */
  int size() {
    return size;
  }

  void clear() {
    paths = new int[64];
    counts = new int[64];
    Arrays.fill(paths, FREE);
    size = 0;
  }

  /**
   * Counts a path.
   *
   * @param path its codes as the digits of a number of base K, the first the highest
   */
  void add(int path, int count) {
    int at = slot(path);
    if (paths[at] == FREE) {
      paths[at] = path;
      size++;
    }
    counts[at] += count;
    if (2 * size > paths.length) {
      grow();
    }
  }

  void merge(PathCounts other) {
    for (int i = 0; i < other.paths.length; i++) {
      if (other.paths[i] != FREE) {
        add(other.paths[i], other.counts[i]);
      }
    }
  }

  /** The distinct paths and the count of each, in turns. */
  int[] export() {
    int[] out = new int[2 * size];
    int at = 0;
    for (int i = 0; i < paths.length; i++) {
      if (paths[i] != FREE) {
        out[at++] = paths[i];
        out[at++] = counts[i];
      }
    }
    return out;
  }

  static PathCounts of(int[] exported) {
    PathCounts counts = new PathCounts();
    for (int i = 0; i + 1 < exported.length; i += 2) {
      counts.add(exported[i], exported[i + 1]);
    }
    return counts;
  }

  private int slot(int path) {
    int mask = paths.length - 1;
    int at = (path * 0x9E3779B9) >>> 7 & mask;
    while (paths[at] != FREE && paths[at] != path) {
      at = at + 1 & mask;
    }
    return at;
  }

  private void grow() {
    int[] oldPaths = paths;
    int[] oldCounts = counts;
    paths = new int[2 * oldPaths.length];
    counts = new int[paths.length];
    Arrays.fill(paths, FREE);
    for (int i = 0; i < oldPaths.length; i++) {
      if (oldPaths[i] != FREE) {
        int at = slot(oldPaths[i]);
        paths[at] = oldPaths[i];
        counts[at] = oldCounts[i];
      }
    }
  }
}
