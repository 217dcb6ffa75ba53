// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

/**
 * Rows in cells that are fitted to them, and fitted anew as they change: when twice as many rows
 * are there, when each was put several times on average, when many lie far from their cells, or
 * when recall has sunk. A fit and the moves that follow are spread over the scans; meanwhile old
 * and new cells are scanned alike.
 */
final class FittedCells {

  private static final int MOVES_PER_SCAN = 256;

  /** Changes per row after which cells are fitted anew. */
  private static final int PUTS_PER_ROW = 4;

  /** Rows that are far from every centroid are one in so many at most. */
  private static final int MOST_FAR = 32;

  private static final int LEAST_ROWS = 64;
  private static final double CELLS_PER_ROOT = 2;

  private final Kernels kernels;
  private final RowLoops loops;
  private final float[] columnWeights;
  private final int width;
  private final InvertedFile file;
  private final CellScan scan;
  private final RecallSample recall;
  private final float[] moving;
  private CoarseQuantiser quantiser;

  // A fit under way; afterwards, as long as rows are moved, how many cells are the old ones.
  private CoarseFit fit;
  private int oldCells;
  private int emptied;

  private long fits;
  private int sizeAtFit;
  private long puts;

  FittedCells(Kernels kernels, RowLoops loops, float[] columnWeights) {
    this.kernels = kernels;
    this.loops = loops;
    this.columnWeights = columnWeights;
    this.width = columnWeights.length;
    this.file = new InvertedFile(loops, width);
    this.scan = new CellScan(kernels, file);
    this.recall = new RecallSample(kernels, file);
    this.moving = new float[width];
  }

  /** Cells that so many rows are put into. */
  static int cellsFor(int rows) {
    return (int) Math.max(1, CELLS_PER_ROOT * Math.sqrt(rows));
  }

  /** Starts with cells that nothing is in yet. */
  void start(CoarseQuantiser fitted) {
    quantiser = fitted;
    file.addCells(fitted.cells());
    fitted();
  }

  /** Puts a row where it belongs: into a cell, or into none unless all of its values are finite. */
  void put(int row, float[] from, int offset) {
    puts++;
    if (finite(width, from, offset)) {
      file.put(row, oldCells + quantiser.cell(from, offset), from, offset);
    } else {
      file.remove(row);
    }
  }

  static boolean finite(int width, float[] from, int offset) {
    float zero = 0;
    for (int i = 0; i < width; i++) {
      zero += 0 * from[offset + i];
    }
    return zero == 0;
  }

  /** Looks at the most promising rows for a vector. */
  ScoredRows look(float[] vectors, int offset, int budget) {
    advance();
    if (oldCells == 0) {
      scan.look(vectors, offset, budget, CoarseQuantiser.FAR);
    } else {
      scan.look(vectors, offset, budget, CoarseQuantiser.FAR, oldCells + CoarseQuantiser.FAR);
    }
    recall.scanned(scan, vectors, offset);
    return scan;
  }

  /** Does a bounded piece of what there is to do beside scanning. */
  private void advance() {
    if (oldCells > 0) {
      move();
    } else if (fit != null) {
      if (!fit.step()) {
        quantiser = fit.quantiser();
        fit = null;
        oldCells = file.cellCount();
        emptied = 0;
        file.addCells(quantiser.cells());
      }
    } else if (due()) {
      fit = sampled();
    }
  }

  private boolean due() {
    int size = Math.max(LEAST_ROWS, file.size());
    return size >= 2 * Math.max(LEAST_ROWS, sizeAtFit)
        || puts >= (long) PUTS_PER_ROW * size
        || (puts >= size / 2 && (recall.sunk() || far() > size / MOST_FAR));
  }

  /** A fit to rows that lie evenly among all. */
  private CoarseFit sampled() {
    int cells = cellsFor(file.size());
    int most = Math.min(file.size(), CoarseFit.ROWS_PER_CELL * cells);
    float[] sample = new float[most * width];
    int cell = 0;
    int before = 0;
    for (int i = 0; i < most; i++) {
      int place = (int) ((long) i * file.size() / most);
      while (place >= before + file.cell(cell).size) {
        before += file.cell(cell++).size;
      }
      System.arraycopy(file.cell(cell).rows, (place - before) * width, sample, i * width, width);
    }
    return new CoarseFit(kernels, loops, columnWeights, sample, most, cells, fits);
  }

  private int far() {
    return file.cell(CoarseQuantiser.FAR).size;
  }

  private void move() {
    for (int moves = 0; moves < MOVES_PER_SCAN; moves++) {
      while (emptied < oldCells && file.cell(emptied).size == 0) {
        emptied++;
      }
      if (emptied == oldCells) {
        file.dropCells(oldCells);
        oldCells = 0;
        fitted();
        return;
      }
      Cell cell = file.cell(emptied);
      int row = cell.ids[cell.size - 1];
      file.copy(row, moving, 0);
      file.put(row, oldCells + quantiser.cell(moving, 0), moving, 0);
    }
  }

  /** Rows that are put into the cells for the first time are none that changed. */
  void filled() {
    sizeAtFit = file.size();
    puts = 0;
  }

  private void fitted() {
    fits++;
    filled();
    recall.restart();
  }

  int rows() {
    return file.size();
  }

  int cells() {
    return file.cellCount();
  }

  long fits() {
    return fits;
  }

  double recall() {
    return recall.recall();
  }

  long bytes() {
    return file.bytes();
  }
}
