// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Times pieces of work. Each is warmed up until it gets no faster; then samples are taken in turn,
 * one of each piece after another, so that a disturbance falls on all of them alike and their
 * ratios hold.
 */
final class Stopwatch {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** A sample is at least this long, so that reading the clocks does not count. */
  private static final double SAMPLE_MILLIS = 2;

  /** A piece is warm when this many executions in a row were no faster than the best before. */
  private static final int STEADY = 4;

  private static final int MAX_WARM_UPS = 2000;

  /** Long work is warm after this multiple of the time asked for, steady or not. */
  private static final int LONGEST_WARM_UP = 20;

  private static final int FEWEST_SAMPLES = 3;
  private static final double LONG_MILLIS = 60_000;

  /** Work that the JIT cannot leave out: what it returns is kept. */
  @FunctionalInterface
  interface Work {
    double run();
  }

  private final int samples;
  private final double warmUpMillis;
  private double sink;

  /**
   * @param samples how many samples to take of each piece; fewer of work that takes minutes
   * @param warmUpMillis warm each piece up for this long at least
   */
  Stopwatch(int samples, double warmUpMillis) {
    this.samples = samples;
    this.warmUpMillis = warmUpMillis;
  }

  /**
   * One timing for each piece of work, in their order.
   *
   * @param progress told what is being done, every now and then
   */
  List<Timing> time(List<Work> works, Consumer<String> progress) {
    int[] repeats = new int[works.size()];
    for (int w = 0; w < repeats.length; w++) {
      progress.accept("warm-up " + (w + 1) + " of " + repeats.length);
      repeats[w] = warmUp(works.get(w));
    }
    double[][] wall = new double[works.size()][samples];
    double[][] cpu = new double[works.size()][samples];
    double begin = millis();
    int taken = 0;
    while (taken < samples && (taken < FEWEST_SAMPLES || millis() - begin < LONG_MILLIS)) {
      int s = taken++;
      progress.accept("sample " + taken + " of " + samples);
      for (int w = 0; w < works.size(); w++) {
        double cpuStart = cpuMillis();
        double start = millis();
        for (int r = 0; r < repeats[w]; r++) {
          sink += works.get(w).run();
        }
        wall[w][s] = (millis() - start) / repeats[w];
        cpu[w][s] = (cpuMillis() - cpuStart) / repeats[w];
      }
    }
    if (Double.isInfinite(sink)) {
      throw new ArithmeticException("the timed work overflowed");
    }
    List<Timing> timings = new ArrayList<>();
    for (int w = 0; w < works.size(); w++) {
      double[] sorted = Arrays.copyOf(wall[w], taken);
      Arrays.sort(sorted);
      double bestCpu = Arrays.stream(cpu[w], 0, taken).min().orElseThrow();
      timings.add(new Timing(sorted[0], median(sorted), bestCpu));
    }
    return timings;
  }

  /** Executions that make up a sample. */
  private int warmUp(Work work) {
    double begin = cpuMillis();
    double best = Double.POSITIVE_INFINITY;
    int steady = 0;
    for (int run = 0; run < MAX_WARM_UPS; run++) {
      double start = cpuMillis();
      sink += work.run();
      double took = cpuMillis() - start;
      steady = took < 0.97 * best ? 0 : steady + 1;
      best = Math.min(best, took);
      double passed = cpuMillis() - begin;
      if (passed >= LONGEST_WARM_UP * warmUpMillis
          || (steady >= STEADY && passed >= warmUpMillis)) {
        break;
      }
    }
    return (int) Math.max(1, Math.min(MAX_WARM_UPS, Math.ceil(SAMPLE_MILLIS / best)));
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double millis() {
    return System.nanoTime() / 1e6;
  }

  /** Of the threads that run Java; compiler and collector are not among them. */
  static double cpuMillis() {
    long nanos = 0;
    for (long thread : THREADS.getAllThreadIds()) {
      nanos += Math.max(0, THREADS.getThreadCpuTime(thread));
    }
    return nanos / 1e6;
  }
}
