// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import java.util.List;
import java.util.function.LongSupplier;

/** Events a second, the job's lag and its latency, over the clock. */
final class FlowBoard {
  private static final int WIDTH = 96;

  private final LongSupplier taken;
  private final Series flow = new Series(WIDTH, Series.Merge.MEAN, Series.Merge.MAX);
  private final Series latencies = new Series(WIDTH, Series.Merge.MEAN, Series.Merge.MAX);
  private long written = -1;
  private long writtenAt;
  private long committed = -1;
  private View now = new View(Double.NaN, Double.NaN, null, 0, List.of(), List.of());

  /**
   * @param taken see {@link MonitorOptions#taken()}
   */
  FlowBoard(LongSupplier taken) {
    this.taken = taken;
  }

  /**
   * The flow, as of now.
   *
   * @param rate events written a second; NaN where not known
   * @param lag events written that the job has not taken, or not committed; NaN where not known
   * @param lagFault why not, for a person
   * @param committedAt when the group was seen to commit last, by the clock, milliseconds; 0 for
   *     never
   * @param points rate and lag over time
   * @param latencies p50 and p99 of the minute before, milliseconds, over time
   */
  record View(
      double rate,
      double lag,
      String lagFault,
      long committedAt,
      List<Series.Point> points,
      List<Series.Point> latencies) {}

  /** Takes over what the brokers say at a time, and the latencies up to then. */
  synchronized void add(long time, Cluster cluster, SlidingLatency.Figures latency) {
    double rate = Double.NaN;
    // Fewer than before: the topic was made anew.
    if (cluster.written() >= 0 && written >= 0 && cluster.written() >= written) {
      rate = (cluster.written() - written) * 1000.0 / Math.max(1, time - writtenAt);
    }
    written = cluster.written();
    writtenAt = time;
    long committedAt = now.committedAt();
    if (cluster.committed() >= 0 && cluster.committed() != committed) {
      committedAt = committed < 0 ? committedAt : time;
      committed = cluster.committed();
    }
    double lag = lag(cluster);
    String fault = Double.isNaN(lag) ? cluster.lagFault() : null;
    flow.add(time, rate, lag);
    latencies.add(time, latency.p50(), latency.p99());
    now = new View(rate, lag, fault, committedAt, List.of(), List.of());
  }

  private double lag(Cluster cluster) {
    if (cluster.written() < 0) {
      return Double.NaN;
    }
    if (taken != null) {
      return Math.max(0, cluster.written() - taken.getAsLong());
    }
    return cluster.committed() < 0
        ? Double.NaN
        : Math.max(0, cluster.written() - cluster.committed());
  }

  synchronized View view() {
    return new View(
        now.rate(),
        now.lag(),
        now.lagFault(),
        now.committedAt(),
        flow.points(),
        latencies.points());
  }
}
