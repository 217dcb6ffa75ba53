// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import io.freshet.kernel.Kernels;

/**
 * Rankformer (WWW 2025) in its linear-time form: a warm layer, in which each node takes the mean of
 * its neighbours, then L layers {@code x <- (1 - tau) x + tau agg / C} that follow the gradient of
 * a ranking objective over all pairs, edges pulling and all other pairs pushing. {@link
 * RankformerLayer} has the formulas.
 *
 * @param layers L, the warm layer not counted
 * @param tau step size in (0, 1]
 * @param alpha margin; from 2 on a pair that is no edge never pulls
 * @param benchmarks whether a pair is compared with the mean of the user's other side (b+ and b-)
 * @param negatives whether pairs that are no edges push
 * @param normaliser whether aggregates are divided by C
 */
public record Rankformer(
    int layers, double tau, double alpha, boolean benchmarks, boolean negatives, boolean normaliser)
    implements Encoder {

  /** The paper's form, alpha = 2. */
  public Rankformer(int layers, double tau) {
    this(layers, tau, 2, true, true, true);
  }

  @Override
  public EncoderPass on(BipartiteGraph graph, Outside outside, int dim, Kernels kernels) {
    return new RankformerPass(this, graph, outside, dim, kernels);
  }
}
