// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

/** Both implementations of the loops, on one, two and three threads. */
final class AllLoops {

  static final List<RowLoops> LOOPS = List.of(new ScalarLoops(), new VectorLoops());

  /** A call that fills and returns an array of its own. */
  @FunctionalInterface
  interface Call {
    float[] on(Kernels kernels);
  }

  private AllLoops() {}

  static Stream<Kernels> kernels() {
    return LOOPS.stream()
        .flatMap(loops -> Stream.of(1, 2, 3).map(threads -> new CpuKernels(loops, threads)));
  }

  /**
   * Every implementation is within 1e-5 of the oracle, relative to the size of the summands, and
   * any number of threads gives the same bits.
   *
   * @param expected each value of the result
   * @param magnitude the sum of the absolute summands of each value
   */
  static void assertAllAgree(double[] expected, double[] magnitude, Call call) {
    for (RowLoops loops : LOOPS) {
      float[] single = call.on(new CpuKernels(loops, 1));
      assertThat(single).as(loops.name()).hasSameSizeAs(expected);
      for (int i = 0; i < expected.length; i++) {
        if (!(Math.abs(single[i] - expected[i]) <= 1e-5 * magnitude[i])) {
          assertThat((double) single[i])
              .as("%s at %d, summands of %s in all", loops.name(), i, magnitude[i])
              .isEqualTo(expected[i]);
        }
      }
      for (int threads = 2; threads <= 3; threads++) {
        assertThat(call.on(new CpuKernels(loops, threads)))
            .as("%s on %d threads", loops.name(), threads)
            .isEqualTo(single);
      }
    }
  }
}
