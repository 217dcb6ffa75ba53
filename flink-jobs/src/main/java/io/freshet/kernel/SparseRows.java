// SPDX-License-Identifier: Apache-2.0
package io.freshet.kernel;

import java.util.Arrays;

/**
 * Which entries of a sparse matrix exist, in compressed rows: the entries of row {@code r} stand at
 * positions {@code start(r)} to {@code start(r + 1) - 1}. Values live outside, one per entry, in an
 * order that a matrix shares with its transpose: the value of position {@code p} is {@code
 * values[entry[p]]}. The same pair may occur more than once.
 *
 * <p>Immutable; the arrays are handed over, not copied.
 */
public final class SparseRows {

  private final int columns;
  final int[] start;
  final int[] column;

  /** The entry at each position, or null where both are the same. */
  final int[] entry;

  private SparseRows(int columns, int[] start, int[] column, int[] entry) {
    this.columns = columns;
    this.start = start;
    this.column = column;
    this.entry = entry;
  }

  /**
   * Rows whose entries are numbered as they stand.
   *
   * @param start one more than there are rows, ascending from 0
   * @param column a column for each entry, each in [0, columns)
   */
  public static SparseRows of(int columns, int[] start, int[] column) {
    if (start.length == 0 || start[0] != 0 || start[start.length - 1] > column.length) {
      throw new IllegalArgumentException("row starts must begin at 0 and end within the entries");
    }
    for (int r = 1; r < start.length; r++) {
      if (start[r] < start[r - 1]) {
        throw new IllegalArgumentException("row starts descend at row " + (r - 1));
      }
    }
    for (int p = 0; p < start[start.length - 1]; p++) {
      if (column[p] < 0 || column[p] >= columns) {
        throw new IllegalArgumentException(
            "column " + column[p] + " at entry " + p + " is not in [0, " + columns + ")");
      }
    }
    return new SparseRows(columns, start, column, null);
  }

  /**
   * Rows of pairs in any order: entries are numbered by row, and within a row in the order given.
   *
   * @param row a row in [0, rows) for each pair
   * @param column a column in [0, columns) for each pair
   */
  public static SparseRows ofPairs(int rows, int columns, int[] row, int[] column) {
    if (row.length != column.length) {
      throw new IllegalArgumentException(
          row.length + " rows and " + column.length + " columns do not make pairs");
    }
    int[] start = new int[rows + 1];
    for (int r : row) {
      start[r + 1]++;
    }
    for (int r = 0; r < rows; r++) {
      start[r + 1] += start[r];
    }
    int[] next = start.clone();
    int[] columnOf = new int[column.length];
    for (int p = 0; p < row.length; p++) {
      columnOf[next[row[p]]++] = column[p];
    }
    return of(columns, start, columnOf);
  }

  /** The same entries by column: row {@code c} lists the rows that hold column {@code c}. */
  public SparseRows transpose() {
    int[] transposedStart = new int[columns + 1];
    int size = size();
    for (int p = 0; p < size; p++) {
      transposedStart[column[p] + 1]++;
    }
    for (int c = 0; c < columns; c++) {
      transposedStart[c + 1] += transposedStart[c];
    }
    int[] next = transposedStart.clone();
    int[] rowOf = new int[size];
    int[] entryOf = new int[size];
    for (int r = 0; r < rows(); r++) {
      for (int p = start[r]; p < start[r + 1]; p++) {
        int at = next[column[p]]++;
        rowOf[at] = r;
        entryOf[at] = entry(p);
      }
    }
    return new SparseRows(rows(), transposedStart, rowOf, entryOf);
  }

  /** The first {@code count} rows alone. */
  public SparseRows head(int count) {
    return count == rows()
        ? this
        : new SparseRows(columns, Arrays.copyOf(start, count + 1), column, entry);
  }

  public int rows() {
    return start.length - 1;
  }

  public int columns() {
    return columns;
  }

  /** How many entries there are. */
  public int size() {
    return start[start.length - 1];
  }

  /** How many entries a row has. */
  public int size(int row) {
    return start[row + 1] - start[row];
  }

  /** Position of the first entry of a row; that of row {@link #rows()} ends the last. */
  public int start(int row) {
    return start[row];
  }

  public int column(int position) {
    return column[position];
  }

  /** Index of a position's value. */
  public int entry(int position) {
    return entry == null ? position : entry[position];
  }

  /** Bytes of the arrays. */
  public long bytes() {
    return Integer.BYTES * ((long) start.length + size() + (entry == null ? 0 : size()));
  }
}
