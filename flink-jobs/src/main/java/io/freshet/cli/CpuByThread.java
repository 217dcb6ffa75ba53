// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * CPU time of this process by what its threads do, told by their names; the rest of the process is
 * the JVM's own (compiler, collector) and RocksDB's. A sample, to be subtracted from a later one.
 */
final class CpuByThread {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** What is known by the thread's name; the first match counts. */
  private enum Role {
    DECODE("decode", "Source: interactions"),
    DEDUPE("dedupe", "dedupe"),
    LEARNER("learner and list sink", "user-learner"),
    MERGER("item owner and model sink", "item-merger"),
    FITTER("codebook fitter and its sinks", "codebook-fitter"),
    ROWS("item rows source", "Source: item-rows"),
    PRODUCERS("kafka producers", "kafka-producer-network-thread");

    private final String title;
    private final String part;

    Role(String title, String part) {
      this.title = title;
      this.part = part;
    }
  }

  private static final String OTHER = "other threads";
  private static final String JVM = "compiler, collector, RocksDB";

  private final Map<String, Long> nanos = new LinkedHashMap<>();

  private CpuByThread() {
    for (Role role : Role.values()) {
      nanos.put(role.title, 0L);
    }
    long total = 0;
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null) {
        long used = Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
        nanos.merge(title(thread.getThreadName()), used, Long::sum);
        total += used;
      }
    }
    nanos.put(JVM, Math.max(0, SYSTEM.getProcessCpuTime() - total));
  }

  private static String title(String thread) {
    for (Role role : Role.values()) {
      if (thread.contains(role.part)) {
        return role.title;
      }
    }
    return OTHER;
  }

  static CpuByThread now() {
    return new CpuByThread();
  }

  /** CPU microseconds per event since an earlier sample, by what they were spent on. */
  Map<String, Double> microsPerEvent(CpuByThread earlier, long events) {
    Map<String, Double> micros = new LinkedHashMap<>();
    nanos.forEach(
        (title, used) ->
            micros.put(
                title, Math.max(0, used - earlier.nanos.getOrDefault(title, 0L)) / 1e3 / events));
    return micros;
  }
}
