// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import java.util.Locale;

/** Says whether books are so much worse than those before, on the same vectors, that they wait. */
final class RefitGate {

  private final CodebookOptions options;

  RefitGate(CodebookOptions options) {
    this.options = options;
  }

  /**
   * Judges the same vectors by both books.
   *
   * @param x [n,dim] and what may follow
   * @return why the new books are held back, or null where they are not
   */
  String judge(Codebooks before, Codebooks after, float[] x, int n) {
    if (n == 0) {
      return null;
    }
    CodeStatistics old = ResidualQuantiser.statistics(before, x, n);
    CodeStatistics made = ResidualQuantiser.statistics(after, x, n);
    int last = options.levels() - 1;
    double oldError = old.residualSquares[last];
    double newError = made.residualSquares[last];
    if (newError > oldError * (1 + options.gateErrorRise())) {
      return String.format(
          Locale.ROOT,
          "the error of %d sampled vectors would rise from %.4g to %.4g",
          n,
          oldError / old.squares,
          newError / old.squares);
    }
    int killed = 0;
    for (int i = 0; i < old.counts.length; i++) {
      if (old.counts[i] > 0 && made.counts[i] == 0) {
        killed++;
      }
    }
    if (killed > options.gateDeadShare() * old.counts.length) {
      return String.format(
          Locale.ROOT,
          "%d of %d codes would be left without any of %d sampled vectors",
          killed,
          old.counts.length,
          n);
    }
    return null;
  }
}
