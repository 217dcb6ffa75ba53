// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;
import io.freshet.model.SplitMix;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.NodeRows;
import java.util.List;

/** The work that {@link Floor} is reckoned from, on a graph's own tables. */
final class FloorWorks {

  /** Values in a line of the cache. */
  private static final int LINE = 16;

  private static final int GEMM_ROWS = 2048;
  private static final int GEMM_WIDTH = 512;

  private final BipartiteGraph graph;
  private final NodeRows from;
  private final NodeRows to;
  private final Kernels kernels;
  private final SparseRows randomUsers;
  private final float[] left = new float[GEMM_ROWS * GEMM_WIDTH];
  private final float[] right = new float[GEMM_WIDTH * GEMM_WIDTH];
  private final float[] product = new float[GEMM_ROWS * GEMM_WIDTH];

  /**
   * @param from a row for each node
   * @param to the same shape; overwritten
   */
  FloorWorks(BipartiteGraph graph, NodeRows from, NodeRows to, Kernels kernels) {
    this.graph = graph;
    this.from = from;
    this.to = to;
    this.kernels = kernels;
    SplitMix random = new SplitMix(1);
    int[] users = new int[graph.edges()];
    for (int e = 0; e < users.length; e++) {
      users[e] = random.nextInt(graph.users());
    }
    randomUsers = SparseRows.of(graph.users(), new int[] {0, users.length}, users);
    random.fillGaussian(left, 0, left.length, 1);
    random.fillGaussian(right, 0, right.length, 1);
  }

  List<Stopwatch.Work> works() {
    return List.of(
        this::copyItems,
        () -> read(graph.byUser(), from.items()),
        () -> read(graph.byItem(), from.users()),
        () -> read(randomUsers, from.users()),
        this::multiply);
  }

  /** Turns the timings of {@link #works} into rates. */
  Floor floor(List<Timing> timings) {
    return new Floor(
        2.0 * Float.BYTES * from.items().length / nanos(timings.get(0)),
        nanos(timings.get(1)) / graph.edges(),
        nanos(timings.get(2)) / graph.edges(),
        nanos(timings.get(3)) / graph.edges(),
        2.0 * GEMM_ROWS * GEMM_WIDTH * GEMM_WIDTH / nanos(timings.get(4)));
  }

  private static double nanos(Timing timing) {
    return timing.cpuMillis() * 1e6;
  }

  private double copyItems() {
    int d = from.dim();
    kernels.forRange(
        graph.items(),
        (first, end) ->
            System.arraycopy(from.items(), first * d, to.items(), first * d, (end - first) * d));
    return 0;
  }

  /** Reads one value of every line of the rows: the lines have to come, nothing else is done. */
  private double read(SparseRows a, float[] table) {
    int d = from.dim();
    return kernels.sumRange(
        a.size(),
        (first, end) -> {
          int sum = 0;
          for (int p = first; p < end; p++) {
            int row = a.column(p) * d;
            for (int k = 0; k < d; k += LINE) {
              sum += Float.floatToRawIntBits(table[row + k]);
            }
            sum += Float.floatToRawIntBits(table[row + d - 1]);
          }
          return sum;
        });
  }

  private double multiply() {
    kernels.gemm(GEMM_ROWS, GEMM_WIDTH, GEMM_WIDTH, left, right, product);
    return product[0];
  }
}
