// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import java.util.Arrays;

/**
 * Looks at the rows of the cells whose mean row scores highest, one vector at a time, until a
 * number of rows was looked at; the last cell may be looked at in part. What it found stands until
 * the next scan or change of the rows.
 */
final class CellScan implements ScoredRows {

  /** Cells put in order at first: beyond those that the rows wanted fill on average. */
  private static final int SPARE = 8;

  private final Kernels kernels;
  private final InvertedFile file;

  private float[] vector = {};
  private int offset;
  private int count;
  private float[] scores = {};
  private int[] rows = {};

  // By cell.
  private float[] promise = {};
  private int[] order = {};
  private float[] orderScores = {};
  private int[] first = {};
  private int[] taken = {};
  private int[] lookedAt = {};
  private int stamp;

  CellScan(Kernels kernels, InvertedFile file) {
    this.kernels = kernels;
    this.file = file;
  }

  /**
   * Looks at so many rows, or at all if there are fewer.
   *
   * @param always cells to look at before any other, unless they have most of so many rows
   * @param from holds the vector from {@code at} on; read by {@link #of} as well
   */
  void look(float[] from, int at, int budget, int... always) {
    vector = from;
    offset = at;
    reserve(budget);
    file.meanScores(from, at, promise);
    stamp++;
    count = 0;
    int wanted = Math.min(budget, file.size());
    for (int cell : always) {
      if (file.cell(cell).size <= wanted / 2 - count) {
        visit(cell, wanted);
        promise[cell] = Float.NEGATIVE_INFINITY;
      }
    }
    int cells = file.cellCount();
    int visited = 0;
    long ordered = SPARE + (file.size() == 0 ? 0 : 2L * cells * wanted / file.size());
    while (count < wanted && visited < cells) {
      int most = (int) Math.min(cells, ordered);
      int found = kernels.topK(promise, cells, most, order, orderScores);
      while (visited < found && count < wanted) {
        visit(order[visited++], wanted - count);
      }
      if (found < most) {
        break; // the others are empty
      }
      ordered *= 2;
    }
  }

  private void visit(int cell, int most) {
    int size = Math.min(most, file.cell(cell).size);
    file.scores(cell, size, vector, offset, scores, count);
    System.arraycopy(file.cell(cell).ids, 0, rows, count, size);
    lookedAt[cell] = stamp;
    first[cell] = count;
    taken[cell] = size;
    count += size;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public float[] scores() {
    return scores;
  }

  @Override
  public int row(int place) {
    return rows[place];
  }

  @Override
  public int place(int row) {
    int cell = file.cellOf(row);
    return cell != InvertedFile.NOWHERE && lookedAt[cell] == stamp && file.slotOf(row) < taken[cell]
        ? first[cell] + file.slotOf(row)
        : -1;
  }

  @Override
  public float of(int row) {
    int place = place(row);
    return place >= 0 ? scores[place] : file.score(row, vector, offset);
  }

  private void reserve(int budget) {
    int most = Math.min(budget, file.size());
    if (scores.length < most) {
      int grown = Math.min(budget, most + most / 8);
      scores = new float[grown];
      rows = new int[grown];
    }
    int cells = file.cellCount();
    if (promise.length != cells) {
      promise = new float[cells];
      order = new int[cells];
      orderScores = new float[cells];
      first = new int[cells];
      taken = new int[cells];
      lookedAt = new int[cells];
      stamp = 0;
      Arrays.fill(lookedAt, -1);
    }
  }
}
