// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import java.util.Arrays;

/**
 * Rows of a matrix in cells (Jégou et al., 2011): which cell a row is in, and the sum of each
 * cell's rows, which follows every change. A row is in one cell or in none.
 */
final class InvertedFile {

  static final int NOWHERE = -1;

  private final RowLoops loops;
  final int width;
  private Cell[] cells = {};
  private int cellCount;

  // [cells,width]: the sums of the cells' rows.
  private float[] sums = {};

  // By row of the matrix.
  private int[] cellOf = {};
  private int[] slotOf = {};
  private int size;

  InvertedFile(RowLoops loops, int width) {
    this.loops = loops;
    this.width = width;
  }

  /** Rows in cells. */
  int size() {
    return size;
  }

  int cellCount() {
    return cellCount;
  }

  Cell cell(int cell) {
    return cells[cell];
  }

  /** The cell of a row, or {@link #NOWHERE}. */
  int cellOf(int row) {
    return row < cellOf.length ? cellOf[row] : NOWHERE;
  }

  int slotOf(int row) {
    return slotOf[row];
  }

  /** Appends empty cells. */
  void addCells(int count) {
    cells = Arrays.copyOf(cells, cellCount + count);
    sums = Arrays.copyOf(sums, Math.multiplyExact(cellCount + count, width));
    for (int i = 0; i < count; i++) {
      cells[cellCount++] = new Cell(width);
    }
  }

  /** Drops the first cells, which must be empty; the others move up. */
  void dropCells(int count) {
    cells = Arrays.copyOfRange(cells, count, cellCount);
    sums = Arrays.copyOfRange(sums, count * width, cellCount * width);
    cellCount -= count;
    for (int row = 0; row < cellOf.length; row++) {
      if (cellOf[row] != NOWHERE) {
        cellOf[row] -= count;
      }
    }
  }

  /** Puts a row into a cell, out of the one that it is in; all values must be finite. */
  void put(int row, int cell, float[] from, int offset) {
    reserve(row);
    if (cellOf[row] == cell) {
      Cell same = cells[cell];
      int at = slotOf[row] * width;
      loops.axpy(width, -1, same.rows, at, sums, cell * width);
      System.arraycopy(from, offset, same.rows, at, width);
    } else {
      remove(row);
      cellOf[row] = cell;
      slotOf[row] = cells[cell].size;
      cells[cell].add(row, from, offset);
      size++;
    }
    loops.axpy(width, 1, from, offset, sums, cell * width);
  }

  /** Takes a row out of its cell, if it is in one. */
  void remove(int row) {
    int from = cellOf(row);
    if (from == NOWHERE) {
      return;
    }
    Cell cell = cells[from];
    int slot = slotOf[row];
    loops.axpy(width, -1, cell.rows, slot * width, sums, from * width);
    int moved = cell.remove(slot);
    if (moved >= 0) {
      slotOf[moved] = slot;
    }
    if (cell.size == 0) {
      Arrays.fill(sums, from * width, (from + 1) * width, 0); // no rest of rounding
    }
    cellOf[row] = NOWHERE;
    size--;
  }

  /** Copies out a row that is in a cell. */
  void copy(int row, float[] into, int offset) {
    System.arraycopy(cells[cellOf[row]].rows, slotOf[row] * width, into, offset, width);
  }

  /** The score of a row; negative infinity if it is in no cell. */
  float score(int row, float[] vector, int offset) {
    int cell = cellOf(row);
    return cell == NOWHERE
        ? Float.NEGATIVE_INFINITY
        : loops.dot(width, cells[cell].rows, slotOf[row] * width, vector, offset);
  }

  /** The scores of the first rows of a cell. */
  void scores(int cell, int count, float[] vector, int offset, float[] out, int outFrom) {
    loops.dots(count, width, cells[cell].rows, 0, vector, offset, out, outFrom);
  }

  /** The score of the mean row of each cell; negative infinity for an empty one. */
  void meanScores(float[] vector, int offset, float[] out) {
    loops.dots(cellCount, width, sums, 0, vector, offset, out, 0);
    for (int c = 0; c < cellCount; c++) {
      out[c] = cells[c].size == 0 ? Float.NEGATIVE_INFINITY : out[c] / cells[c].size;
    }
  }

  long bytes() {
    long bytes = (long) Float.BYTES * sums.length + 2L * Integer.BYTES * cellOf.length;
    for (int c = 0; c < cellCount; c++) {
      bytes += cells[c].bytes();
    }
    return bytes;
  }

  private void reserve(int row) {
    if (row >= cellOf.length) {
      int before = cellOf.length;
      int grown = Math.max(row + 1, before + before / 8);
      cellOf = Arrays.copyOf(cellOf, grown);
      slotOf = Arrays.copyOf(slotOf, grown);
      Arrays.fill(cellOf, before, grown, NOWHERE);
    }
  }
}
