// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;
import io.freshet.model.SplitMix;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.NodeRows;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** The work that {@link Floor} is reckoned from, on a graph's own tables. */
final class FloorWorks {

  /** Rows that a gathering sum is cut into, for the threads to share. */
  private static final int SUMS = 64;

  private static final int GEMM_ROWS = 2048;
  private static final int GEMM_WIDTH = 512;

  private final BipartiteGraph graph;
  private final NodeRows from;
  private final NodeRows to;
  private final Kernels kernels;
  private final SparseRows itemRows;
  private final SparseRows userRows;
  private final SparseRows randomRows;
  private final float[] ones;
  private final float[] sums;
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
    itemRows = inFewRows(graph.items(), graph.edges(), graph.byUser()::column);
    userRows = inFewRows(graph.users(), graph.edges(), graph.byItem()::column);
    randomRows = inFewRows(graph.users(), graph.edges(), e -> random.nextInt(graph.users()));
    ones = new float[graph.edges()];
    Arrays.fill(ones, 1f);
    sums = new float[SUMS * from.dim()];
    random.fillGaussian(left, 0, left.length, 1);
    random.fillGaussian(right, 0, right.length, 1);
  }

  List<Stopwatch.Work> works() {
    return List.of(
        this::copyItems,
        () -> read(itemRows, from.items()),
        () -> read(userRows, from.users()),
        () -> read(randomRows, from.users()),
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

  private static SparseRows inFewRows(int columns, int entries, IntUnaryOperator column) {
    int[] start = new int[SUMS + 1];
    for (int r = 1; r <= SUMS; r++) {
      start[r] = (int) ((long) entries * r / SUMS);
    }
    int[] of = new int[entries];
    Arrays.setAll(of, column);
    return SparseRows.of(columns, start, of);
  }

  /** Adds up all the rows in a few long sums that stay in registers: reading is what takes time. */
  private double read(SparseRows rows, float[] table) {
    kernels.spmm(rows, from.dim(), ones, table, sums, false);
    return sums[0];
  }

  private double multiply() {
    kernels.gemm(GEMM_ROWS, GEMM_WIDTH, GEMM_WIDTH, left, right, product);
    return product[0];
  }
}
