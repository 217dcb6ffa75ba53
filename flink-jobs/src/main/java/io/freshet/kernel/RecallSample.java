// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

/**
 * Measures what share of the best rows a scan looked at, by scoring all rows for a vector now and
 * then.
 */
final class RecallSample {

  /** The best rows that are looked for. */
  static final int BEST = 100;

  /**
   * A vector is measured for each so many times that all rows could have been scored instead of
   * what was: measuring adds two percent to the work of scanning.
   */
  private static final int ROWS_PER_ROW = 50;

  private static final double LATEST = 0.05;

  /** Measures after a fit that say what it reached. */
  private static final int FIRST = 20;

  private static final double SUNK = 0.05;

  private final Kernels kernels;
  private final InvertedFile file;
  private final int[] best = new int[BEST];
  private float[] scores = {};
  private long unmeasured = Long.MAX_VALUE;
  private double recall;
  private long measures;
  private double reached;
  private int sinceFit;

  RecallSample(Kernels kernels, InvertedFile file) {
    this.kernels = kernels;
    this.file = file;
  }

  /** Takes note of a scan, which may be one to be measured. */
  void scanned(CellScan scan, float[] vector, int offset) {
    if (unmeasured == Long.MAX_VALUE) {
      unmeasured = 0;
      add(of(scan, vector, offset));
      return;
    }
    unmeasured += scan.count();
    if (unmeasured >= (long) ROWS_PER_ROW * file.size()) {
      unmeasured = Long.MAX_VALUE;
    }
  }

  /** The rows were put into other cells. */
  void restart() {
    unmeasured = Long.MAX_VALUE;
    sinceFit = 0;
    reached = 0;
  }

  /** A running mean of what was measured; NaN before the first time. */
  double recall() {
    return measures == 0 ? Double.NaN : recall;
  }

  /** Whether recall has fallen since the cells were fitted. */
  boolean sunk() {
    return sinceFit > FIRST && recall < reached - SUNK;
  }

  private void add(double measured) {
    measures++;
    recall += Math.max(LATEST, 1.0 / measures) * (measured - recall);
    if (++sinceFit <= FIRST) {
      reached += measured / FIRST;
    }
  }

  private double of(CellScan scan, float[] vector, int offset) {
    if (scores.length < file.size()) {
      scores = new float[file.size() + file.size() / 8];
    }
    int count = 0;
    for (int c = 0; c < file.cellCount(); c++) {
      file.scores(c, file.cell(c).size, vector, offset, scores, count);
      count += file.cell(c).size;
    }
    int found = kernels.select(scores, count, BEST, best);
    int seen = 0;
    int cell = 0;
    int before = 0;
    for (int i = 0; i < found; i++) {
      while (best[i] >= before + file.cell(cell).size) {
        before += file.cell(cell++).size;
      }
      seen += scan.place(file.cell(cell).ids[best[i] - before]) >= 0 ? 1 : 0;
    }
    return found == 0 ? 1 : (double) seen / found;
  }
}
