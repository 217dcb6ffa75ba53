// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.eval.ProcessMemory;
import io.freshet.job.CheckpointCounts;
import io.freshet.job.LocalCluster;
import io.freshet.operator.MetricNames;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Latencies of one stretch of time, and what the job held at its end.
 *
 * @param endSecond end of the stretch, from the first live event
 * @param millis from the time at which an event was due to its list
 * @param cpuMicros of job and broker, per event, by what the threads do
 * @param yardstickMillis what a fixed piece of work took at the end of the stretch, CPU time
 * @param heapMb least heap in use in that time, which is what collections left
 * @param processMb resident set; null where the system does not tell
 * @param offHeapMb of the learners' item tables
 * @param rowsLagMillis see {@link MetricNames#ROWS_LAG_MILLIS}, of the learner where it is longest
 * @param busyShare see {@link MetricNames#BUSY_SHARE}, of the busiest learner
 * @param items in all learners' tables
 * @param checkpoints since the first live event
 */
record LatencyWindow(
    long endSecond,
    Histogram millis,
    Map<String, Double> cpuMicros,
    double yardstickMillis,
    long heapMb,
    Double processMb,
    long offHeapMb,
    long rowsLagMillis,
    double busyShare,
    long items,
    CheckpointCounts checkpoints) {

  private static final long MIB = 1 << 20;

  static LatencyWindow of(
      long endSecond,
      Histogram millis,
      Map<String, Double> cpuMicros,
      double yardstickMillis,
      long leastHeapBytes,
      LocalCluster cluster,
      CheckpointCounts checkpoints) {
    return new LatencyWindow(
        endSecond,
        millis,
        cpuMicros,
        yardstickMillis,
        leastHeapBytes / MIB,
        ProcessMemory.rssMb(),
        cluster.metrics().sum(MetricNames.OFF_HEAP_BYTES) / MIB,
        (long) cluster.metrics().max(MetricNames.ROWS_LAG_MILLIS),
        cluster.metrics().max(MetricNames.BUSY_SHARE),
        cluster.metrics().sum(MetricNames.ITEMS),
        checkpoints);
  }

  String line() {
    return ("  %7s  %9s lists  p50 %4d ms  p99 %5d ms  rows back in %5d ms  busy %3d%%"
            + "  CPU %4d us an event (fixed work %.1f ms)  heap %5d MiB  process %5s MiB"
            + "  %s items  %d checkpoints, %d failed")
        .formatted(
            Text.duration(Duration.ofSeconds(endSecond)),
            Text.count(millis.getTotalCount()),
            millis.getValueAtPercentile(50),
            millis.getValueAtPercentile(99),
            rowsLagMillis,
            Math.round(100 * busyShare),
            Math.round(CpuSample.total(cpuMicros)),
            yardstickMillis,
            heapMb,
            processMb == null ? "?" : Long.toString(Math.round(processMb)),
            Text.count(items),
            checkpoints.completed(),
            checkpoints.failed());
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("end_second", endSecond);
    figures.put("lists", millis.getTotalCount());
    figures.put("latency_ms_p50", millis.getValueAtPercentile(50));
    figures.put("latency_ms_p99", millis.getValueAtPercentile(99));
    figures.put("cpu_us_per_event", CpuSample.total(cpuMicros));
    figures.put("cpu_us_by_thread", cpuMicros);
    figures.put("yardstick_cpu_ms", yardstickMillis);
    figures.put("least_heap_mb", heapMb);
    figures.put("process_mb", processMb);
    figures.put("off_heap_mb", offHeapMb);
    figures.put("rows_lag_ms", rowsLagMillis);
    figures.put("busy_share", busyShare);
    figures.put("items", items);
    figures.put("checkpoints", checkpoints.completed());
    figures.put("checkpoints_failed", checkpoints.failed());
    return figures;
  }
}
