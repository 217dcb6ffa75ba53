// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.history;

import java.util.List;

/**
 * A history and how far it has been read. All files are one split: side by side they would come out
 * of order.
 *
 * @param files paths, in the order in which they are read
 * @param file place of the one being read; beyond the last when all have been read
 * @param read records of it that have been read
 * @param earlier records of the files before it
 */
record HistorySplit(List<String> files, int file, long read, long earlier)
    implements InteractionSplit {

  /** A history of which nothing has been read. */
  static HistorySplit of(List<String> files) {
    return new HistorySplit(files, 0, 0, 0);
  }

  boolean isOver() {
    return file == files.size();
  }

  @Override
  public String splitId() {
    return "history";
  }
}
