// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import java.util.ArrayList;
import java.util.List;

/** Faults of a split: the first few in words, the others counted. */
final class SplitFaults {
  private static final int SHOWN = 10;

  private final List<String> shown = new ArrayList<>();
  private int count;

  void add(String fault) {
    count++;
    if (shown.size() < SHOWN) {
      shown.add(fault);
    }
  }

  int count() {
    return count;
  }

  void throwIfAny() throws SplitDataException {
    if (count > shown.size()) {
      throw new SplitDataException(
          String.join("\n", shown) + "\nand " + (count - shown.size()) + " more");
    }
    if (count > 0) {
      throw new SplitDataException(String.join("\n", shown));
    }
  }
}
