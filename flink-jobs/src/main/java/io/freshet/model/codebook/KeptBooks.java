// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import java.util.ArrayDeque;
import java.util.Deque;

/** The latest versions of the books, which can be rolled back to. */
final class KeptBooks {

  /** A version: where its codes stood and how much they counted. */
  record Kept(long version, float[] centroids, double[] counts) {}

  private final int most;
  private final Deque<Kept> kept = new ArrayDeque<>();

  KeptBooks(int most) {
    this.most = most;
  }

  void add(long version, float[] centroids, double[] counts) {
    kept.addLast(new Kept(version, centroids, counts.clone()));
    while (kept.size() > most) {
      kept.removeFirst();
    }
  }

  Kept find(long version) {
    for (Kept one : kept) {
      if (one.version == version) {
        return one;
      }
    }
    return null;
  }

  /** The earliest first. */
  Kept[] all() {
    return kept.toArray(new Kept[0]);
  }

  /** Their versions, the earliest first. */
  long[] versions() {
    return kept.stream().mapToLong(Kept::version).toArray();
  }
}
