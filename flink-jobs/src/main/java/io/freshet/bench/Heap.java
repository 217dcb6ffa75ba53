// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

import java.lang.management.ManagementFactory;

/** The heap of this JVM. */
public final class Heap {

  private static final double MARGIN = 1.15;

  private Heap() {}

  /** Bytes of what is reachable, after a collection. */
  static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** The heap that a run with arrays of so many bytes needs: some room to collect in comes on top. */
  public static long needed(double bytes) {
    return (long) (MARGIN * bytes) + (64 << 20);
  }

  /** The largest heap that this JVM may grow to. */
  public static long limit() {
    return Runtime.getRuntime().maxMemory();
  }
}
