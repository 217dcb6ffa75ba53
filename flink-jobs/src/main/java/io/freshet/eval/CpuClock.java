// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * CPU time of the current thread: a neighbour on the same core must not look like a slow model.
 * Falls back to wall time on a JVM that cannot tell.
 */
final class CpuClock {
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final boolean supported = threads.isCurrentThreadCpuTimeSupported();

  long nanos() {
    return supported ? threads.getCurrentThreadCpuTime() : System.nanoTime();
  }
}
