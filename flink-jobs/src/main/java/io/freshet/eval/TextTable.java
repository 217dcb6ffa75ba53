// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import java.util.ArrayList;
import java.util.List;

/** Columns of plain text two spaces apart: the first to the left, the others to the right. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> lines = new ArrayList<>();

  public TextTable(String... header) {
    lines.add(List.of(header));
  }

  /**
   * @throws IllegalArgumentException if the number of cells differs from the header's
   */
  public void add(List<String> cells) {
    if (cells.size() != lines.get(0).size()) {
      throw new IllegalArgumentException(
          cells.size() + " cells under a header of " + lines.get(0).size());
    }
    lines.add(List.copyOf(cells));
  }

  /** The table, with a line break at the end of each line. */
  public String render() {
    int[] widths = new int[lines.get(0).size()];
    for (List<String> line : lines) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], line.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      for (int column = 0; column < widths.length; column++) {
        String padding = " ".repeat(widths[column] - line.get(column).length());
        if (column == 0) {
          text.append(line.get(column)).append(padding);
        } else {
          text.append(GAP).append(padding).append(line.get(column));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }
}
