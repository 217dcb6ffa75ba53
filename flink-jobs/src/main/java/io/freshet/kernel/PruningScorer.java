// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

/**
 * Scores all rows up to a number of them, and beyond it the rows of the cells that promise most.
 *
 * <p>When the matrix passes the threshold, cells are fitted to a sample and filled, a little with
 * each vector scored; until they are full all rows are scored as before, and both copies are held.
 * A row with a value that is not finite is in no cell, so it is never looked at.
 *
 * <p>What is held beyond, in the heap: the rows with at most a quarter of free slots, and twelve
 * bytes a row. Used by one thread.
 */
public final class PruningScorer implements AutoCloseable {

  private static final int FILLED_PER_VECTOR = 1024;

  private final Kernels kernels;
  private final RowLoops loops = CpuKernels.FASTEST;
  private final Pruning pruning;
  private final float[] columnWeights;
  private final int width;
  private final float[] row;

  /** Null once the cells hold the rows. */
  private DenseScorer exact;

  private CoarseFit firstFit;
  private FittedCells cells;
  private int filled;
  private volatile PruningState state = new PruningState(false, 0, 1, 0, 0);

  /**
   * @param kernels of the device that scores all rows
   * @param maxScratchFloats see {@link Kernels#newDenseScorer}
   * @param columnWeights what the values of a row's columns are multiplied with to tell which rows
   *     are near each other: about the size of the vectors' values; 0 leaves a column out
   */
  public PruningScorer(
      Kernels kernels, int maxScratchFloats, Pruning pruning, float[] columnWeights) {
    this.kernels = kernels;
    this.pruning = pruning;
    this.columnWeights = columnWeights.clone();
    this.width = columnWeights.length;
    this.row = new float[width];
    this.exact = kernels.newDenseScorer(width, maxScratchFloats);
  }

  /** Whether a part of the rows is looked at from now on. */
  public boolean pruned() {
    return exact == null;
  }

  /** What it did at the last {@link #score}; may be asked from another thread. */
  public PruningState state() {
    return state;
  }

  /** See {@link DenseScorer#put}. */
  public void put(int row, float[] from, int offset) {
    if (pruned()) {
      cells.put(row, from, offset);
      return;
    }
    exact.put(row, from, offset);
    if (row < filled) {
      cells.put(row, from, offset);
    }
  }

  /**
   * Scores the first {@code n} rows, or those that promise most, for each vector.
   *
   * @param vectors {@code batch} vectors back to back
   */
  public void score(float[] vectors, int batch, int n, DenseScorer.Sink sink) {
    if (pruned()) {
      int budget = pruning.budget(cells.rows());
      int looked = 0;
      for (int b = 0; b < batch; b++) {
        ScoredRows scored = cells.look(vectors, b * width, budget);
        looked = scored.count();
        sink.accept(b, scored);
      }
      state = new PruningState(true, looked, cells.recall(), cells.cells(), cells.fits());
      return;
    }
    exact.score(vectors, batch, n, sink);
    for (int b = 0; b < batch && n > pruning.exactUpTo() && !pruned(); b++) {
      approach(n);
    }
    state = new PruningState(false, n, 1, 0, 0);
  }

  /** A piece of the way to cells that hold all rows. */
  private void approach(int n) {
    if (cells == null) {
      if (firstFit == null) {
        firstFit = sampled(n);
      } else if (!firstFit.step()) {
        cells = new FittedCells(kernels, loops, columnWeights);
        cells.start(firstFit.quantiser());
        firstFit = null;
      }
      return;
    }
    int end = Math.min(n, filled + FILLED_PER_VECTOR);
    for (; filled < end; filled++) {
      exact.get(filled, row, 0);
      cells.put(filled, row, 0);
    }
    if (filled == n) {
      cells.filled();
      exact.close();
      exact = null;
    }
  }

  /** A fit to rows that lie evenly among the first n. */
  private CoarseFit sampled(int n) {
    int most = Math.min(n, CoarseFit.ROWS_PER_CELL * FittedCells.cellsFor(n));
    float[] sample = new float[most * width];
    int size = 0;
    for (int i = 0; i < most; i++) {
      exact.get((int) ((long) i * n / most), sample, size * width);
      size += FittedCells.finite(width, sample, size * width) ? 1 : 0;
    }
    int usable = (int) ((long) n * size / most);
    return new CoarseFit(
        kernels, loops, columnWeights, sample, size, FittedCells.cellsFor(usable), 0);
  }

  /** Bytes held outside the heap. */
  public long offHeapBytes() {
    return pruned() ? 0 : exact.offHeapBytes();
  }

  /** Bytes of the rows in cells. */
  public long heapBytes() {
    return cells == null ? 0 : cells.bytes();
  }

  /** Releases the memory outside the heap; the scorer cannot be used afterwards. */
  @Override
  public void close() {
    if (!pruned()) {
      exact.close();
    }
  }
}
