// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

/**
 * How carefully to measure.
 *
 * @param samples timings of each piece of work, of which medians and minima are taken
 * @param warmUpMillis warm each piece up for so long at least
 * @param seed of the graph and of all rows
 */
public record BenchOptions(int samples, double warmUpMillis, long seed) {

  public BenchOptions {
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1, are " + samples);
    }
  }

  Stopwatch stopwatch() {
    return new Stopwatch(samples, warmUpMillis);
  }
}
