// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/**
 * The share of hits among the cases of late: a plain mean until there are as many as it looks back
 * on, then one that forgets with each. A share of all since the start would hide a fall.
 */
final class ShareOfLate {
  private final int cases;
  private int seen;
  private double share = 1;

  /**
   * A share that is 1 before its first case.
   *
   * @param cases that it looks back on, about
   */
  ShareOfLate(int cases) {
    this.cases = cases;
  }

  void add(boolean hit) {
    seen = Math.min(cases, seen + 1);
    share += ((hit ? 1 : 0) - share) / seen;
  }

  double value() {
    return share;
  }
}
