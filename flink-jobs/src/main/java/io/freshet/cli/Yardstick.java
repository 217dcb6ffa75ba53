// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import java.lang.management.ManagementFactory;

/**
 * The same small piece of work again and again. On a shared machine the CPU time of one and the
 * same work varies, since neighbours take caches and half of a core; what this takes tells a long
 * run's own growth from theirs.
 */
final class Yardstick {
  private static final int STEPS = 2_000_000;

  // Beyond a core's own cache, within the one that it shares.
  private final int[] cells = new int[1 << 20];
  private int state = 1;

  Yardstick() {
    for (int i = 0; i < 20; i++) {
      cpuMillis(); // until it is compiled
    }
  }

  /** CPU time that the work takes now, milliseconds. */
  double cpuMillis() {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    int x = state;
    for (int i = 0; i < STEPS; i++) {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      x += cells[x & (cells.length - 1)]++ & 1;
    }
    state = x == 0 ? 1 : x;
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
  }
}
