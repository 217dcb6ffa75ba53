// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

import io.freshet.kernel.DenseScorer;
import io.freshet.kernel.Kernels;
import io.freshet.kernel.Pruning;
import io.freshet.kernel.PruningScorer;
import io.freshet.kernel.ScoredRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Holds looking at a share of the rows against looking at all of them. */
public final class RetrievalBench {

  private static final int VECTORS = 64;
  private static final int TOGETHER = 16;
  private static final int BEST = 100;
  private static final int PUTS = 1000;
  private static final int SCRATCH = 1 << 26;

  /** Cells, a sample of the rows, and the scores of all for a vector. */
  private static final double BYTES_PER_ITEM = 1.6 * Float.BYTES * GeneratedRows.WIDTH;

  private final BenchOptions options;
  private final Kernels kernels = Kernels.cpu();

  public RetrievalBench(BenchOptions options) {
    this.options = options;
  }

  /** Bytes of heap that so many rows need. */
  public static double bytes(int items) {
    return BYTES_PER_ITEM * items;
  }

  /** The kinds of rows there are. */
  public static List<String> kinds() {
    return Arrays.stream(GeneratedRows.Kind.values())
        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  /**
   * Measures one kind of rows.
   *
   * @param progress told what is being done, every now and then
   */
  public List<RetrievalRow> run(
      String kind, int items, List<Double> shares, Consumer<String> progress) {
    GeneratedRows rows =
        new GeneratedRows(
            GeneratedRows.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), items, options.seed());
    float[] vectors = vectors(rows);
    int[][] best = new int[VECTORS][];
    List<Timing> exact;
    progress.accept("exact");
    try (DenseScorer scorer = kernels.newDenseScorer(GeneratedRows.WIDTH, SCRATCH)) {
      fill(rows, scorer::put);
      scorer.score(vectors, VECTORS, items, (v, scored) -> best[v] = best(scored));
      exact =
          options
              .stopwatch()
              .time(
                  List.of(
                      scan(vectors, 1, (at, sink) -> scorer.score(at, 1, items, sink)),
                      scan(
                          vectors, TOGETHER, (at, sink) -> scorer.score(at, TOGETHER, items, sink)),
                      puts(rows, scorer::put)),
                  progress);
    }
    List<RetrievalRow> table = new ArrayList<>();
    for (double share : shares) {
      table.add(row(kind, rows, share, vectors, best, exact, progress));
    }
    return table;
  }

  private RetrievalRow row(
      String kind,
      GeneratedRows rows,
      double share,
      float[] vectors,
      int[][] best,
      List<Timing> exact,
      Consumer<String> progress) {
    int items = rows.items();
    float[] weights = new float[GeneratedRows.WIDTH];
    Arrays.fill(weights, 1);
    GeneratedRows.priors(weights);
    weights[GeneratedRows.WIDTH - 1] = 0;
    Pruning pruning = new Pruning(items - 1, (float) share, BEST);
    try (PruningScorer scorer = new PruningScorer(kernels, SCRATCH, pruning, weights)) {
      fill(rows, scorer::put);
      progress.accept("cells");
      int fillVectors = 0;
      double exactScores = VECTORS * exact.get(1).cpuMillis() / TOGETHER;
      double begin = Stopwatch.cpuMillis();
      while (!scorer.pruned()) {
        scorer.score(vectors, VECTORS, items, (v, scored) -> {});
        fillVectors += VECTORS;
      }
      double filling = Stopwatch.cpuMillis() - begin - exactScores * fillVectors / VECTORS;
      double[] found = new double[1];
      scorer.score(vectors, VECTORS, items, (v, scored) -> found[0] += share(best[v], scored));
      List<Timing> timings =
          options
              .stopwatch()
              .time(
                  List.of(
                      scan(vectors, 1, (at, sink) -> scorer.score(at, 1, items, sink)),
                      puts(rows, scorer::put)),
                  progress);
      return new RetrievalRow(
          kind,
          share,
          found[0] / VECTORS,
          1e3 * timings.get(0).cpuMillis(),
          1e3 * exact.get(0).cpuMillis(),
          1e3 * exact.get(1).cpuMillis() / TOGETHER,
          1e3 * timings.get(1).cpuMillis() / PUTS,
          1e3 * exact.get(2).cpuMillis() / PUTS,
          filling / 1e3,
          fillVectors,
          (double) scorer.heapBytes() / items / GeneratedRows.WIDTH / Float.BYTES);
    }
  }

  @FunctionalInterface
  private interface Put {
    void row(int row, float[] from, int offset);
  }

  @FunctionalInterface
  private interface Score {
    void vectors(float[] vectors, DenseScorer.Sink sink);
  }

  private static void fill(GeneratedRows rows, Put put) {
    float[] row = new float[GeneratedRows.WIDTH];
    for (int i = 0; i < rows.items(); i++) {
      rows.row(i, 0, row);
      put.row(i, row, 0);
    }
  }

  private static float[] vectors(GeneratedRows rows) {
    float[] vectors = new float[VECTORS * GeneratedRows.WIDTH];
    float[] vector = new float[GeneratedRows.WIDTH];
    for (int v = 0; v < VECTORS; v++) {
      rows.vector(v, vector);
      System.arraycopy(vector, 0, vectors, v * vector.length, vector.length);
    }
    return vectors;
  }

  /** Scores some vectors at once, others each time, and takes the best of each. */
  private Stopwatch.Work scan(float[] vectors, int count, Score score) {
    int[] next = {0};
    float[] at = new float[count * GeneratedRows.WIDTH];
    return () -> {
      System.arraycopy(vectors, next[0] * GeneratedRows.WIDTH, at, 0, at.length);
      next[0] = (next[0] + count) % VECTORS;
      double[] sum = {0};
      score.vectors(at, (v, scored) -> sum[0] += best(scored).length);
      return sum[0];
    };
  }

  /** Puts rows that have become others and as they were before, in turn. */
  private static Stopwatch.Work puts(GeneratedRows rows, Put put) {
    float[] changed = new float[2 * PUTS * GeneratedRows.WIDTH];
    float[] row = new float[GeneratedRows.WIDTH];
    int step = Math.max(1, rows.items() / PUTS);
    for (int i = 0; i < 2 * PUTS; i++) {
      rows.row(i % PUTS * step % rows.items(), 1 - i / PUTS, row);
      System.arraycopy(row, 0, changed, i * row.length, row.length);
    }
    int[] turn = {0};
    return () -> {
      for (int i = 0; i < PUTS; i++) {
        int from = (turn[0] * PUTS + i) * GeneratedRows.WIDTH;
        put.row(i * step % rows.items(), changed, from);
      }
      turn[0] = 1 - turn[0];
      return changed[0];
    };
  }

  private int[] best(ScoredRows scored) {
    int[] places = new int[BEST];
    int found = kernels.select(scored.scores(), scored.count(), BEST, places);
    int[] rows = new int[found];
    for (int i = 0; i < found; i++) {
      rows[i] = scored.row(places[i]);
    }
    return rows;
  }

  private static double share(int[] best, ScoredRows scored) {
    return Arrays.stream(best).filter(row -> scored.place(row) >= 0).count() / (double) best.length;
  }
}
