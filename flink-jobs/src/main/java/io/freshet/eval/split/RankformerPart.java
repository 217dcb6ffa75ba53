// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import java.util.Locale;

/** What a Rankformer layer can do without: the ablations of its paper. */
public enum RankformerPart {
  /** The comparison of a pair with the mean of the user's other side. */
  BENCHMARK,
  /** The push of pairs that are no edges. */
  NEGATIVE,
  /** The division by the sum of weights. */
  NORMALISER;

  /** The name that a person types. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
