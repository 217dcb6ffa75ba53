// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Spreads ranges over a number of threads, the caller's among them. Which thread takes which range
 * is left open; results do not depend on it, since a range writes only what is its own.
 */
final class Workers {

  private final int threads;

  Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, is " + threads);
    }
    this.threads = threads;
  }

  int threads() {
    return threads;
  }

  /** Runs {@code body} for [bounds[i], bounds[i + 1]) of every i; returns when all have ended. */
  void run(int[] bounds, Kernels.Range body) {
    int ranges = bounds.length - 1;
    if (threads == 1 || ranges <= 1) {
      for (int i = 0; i < ranges; i++) {
        body.run(bounds[i], bounds[i + 1]);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    Runnable claim =
        () -> {
          for (int i = next.getAndIncrement(); i < ranges; i = next.getAndIncrement()) {
            body.run(bounds[i], bounds[i + 1]);
          }
        };
    ForkJoinTask<?>[] others = new ForkJoinTask<?>[Math.min(threads, ranges) - 1];
    for (int t = 0; t < others.length; t++) {
      others[t] = ForkJoinPool.commonPool().submit(claim);
    }
    try {
      claim.run();
    } finally {
      for (ForkJoinTask<?> other : others) {
        // A task that no thread took up has nothing left to claim.
        if (!other.tryUnfork()) {
          other.join();
        }
      }
    }
  }

  /** Bounds that cut [0, n) into ranges of {@code grain}. */
  static int[] even(int n, int grain) {
    int ranges = (n + grain - 1) / grain;
    int[] bounds = new int[ranges + 1];
    for (int i = 1; i <= ranges; i++) {
      bounds[i] = (int) Math.min(n, (long) i * grain);
    }
    return bounds;
  }
}
