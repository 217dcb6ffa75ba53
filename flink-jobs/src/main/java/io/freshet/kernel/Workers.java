// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

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

  /**
   * Runs {@code body} for [bounds[i], bounds[i + 1]) of every i; returns when all have ended. A
   * range that throws keeps those from starting that have not; what it threw is thrown here, on
   * whichever thread it ran.
   */
  void run(int[] bounds, Kernels.Range body) {
    int ranges = bounds.length - 1;
    if (threads == 1 || ranges <= 1) {
      for (int i = 0; i < ranges; i++) {
        body.run(bounds[i], bounds[i + 1]);
      }
      return;
    }
    Claims claims = new Claims(bounds, body);
    ForkJoinTask<?>[] others = new ForkJoinTask<?>[Math.min(threads, ranges) - 1];
    for (int t = 0; t < others.length; t++) {
      others[t] = ForkJoinPool.commonPool().submit(claims);
    }
    claims.run();
    // The last one first: only the newest task of a queue can be taken back.
    for (int t = others.length - 1; t >= 0; t--) {
      // A task that no thread took up has nothing left to claim.
      if (!others[t].tryUnfork()) {
        others[t].join();
      }
    }
    claims.rethrow();
  }

  /** Ranges that threads take one after another, and what was thrown on the way. */
  private static final class Claims implements Runnable {
    private final int[] bounds;
    private final Kernels.Range body;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Claims(int[] bounds, Kernels.Range body) {
      this.bounds = bounds;
      this.body = body;
    }

    @Override
    public void run() {
      int ranges = bounds.length - 1;
      try {
        for (int i = next.getAndIncrement(); i < ranges; i = next.getAndIncrement()) {
          body.run(bounds[i], bounds[i + 1]);
        }
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
        next.set(ranges);
      }
    }

    void rethrow() {
      Throwable thrown = failure.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException exception) {
        throw exception;
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
