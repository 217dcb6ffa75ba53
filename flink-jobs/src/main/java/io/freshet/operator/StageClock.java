// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * CPU time of the task thread by stage of the mini-step, in nanoseconds, as counters. CPU time and
 * not wall time: on a busy machine the wall clock mostly measures the neighbours.
 */
final class StageClock {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Counter[] nanos = new Counter[Stage.values().length];
  private long mark;

  StageClock(MetricGroup metrics) {
    for (Stage stage : Stage.values()) {
      nanos[stage.ordinal()] = metrics.counter(stage.metric());
    }
  }

  /** Starts the first stage. */
  void start() {
    mark = THREADS.getCurrentThreadCpuTime();
  }

  /** Books the time since {@link #start} or the last call. */
  void done(Stage stage) {
    long now = THREADS.getCurrentThreadCpuTime();
    nanos[stage.ordinal()].inc(now - mark);
    mark = now;
  }
}
