// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

/**
 * What a Rankformer encoder is made of (WWW 2025).
 *
 * @param warm whether a layer of plain neighbour means precedes the others
 * @param layers how many Rankformer layers
 * @param tau how far a layer moves a vector towards its aggregate, 0 to 1
 * @param alpha the margin; at 2 and above edges only pull and pairs without an edge only push
 * @param benchmark false sets b+ and b- to 0
 * @param negative false drops the pairs without an edge, from the aggregate and from C
 * @param normaliser false sets C to 1
 */
public record RankformerOptions(
    boolean warm,
    int layers,
    double tau,
    double alpha,
    boolean benchmark,
    boolean negative,
    boolean normaliser) {

  /** The encoder of the paper. */
  public static RankformerOptions of(int layers, double tau, double alpha) {
    return new RankformerOptions(true, layers, tau, alpha, true, true, true);
  }

  public RankformerOptions withoutWarmLayer() {
    return new RankformerOptions(false, layers, tau, alpha, benchmark, negative, normaliser);
  }

  public RankformerOptions withoutBenchmark() {
    return new RankformerOptions(warm, layers, tau, alpha, false, negative, normaliser);
  }

  public RankformerOptions withoutNegative() {
    return new RankformerOptions(warm, layers, tau, alpha, benchmark, false, normaliser);
  }

  public RankformerOptions withoutNormaliser() {
    return new RankformerOptions(warm, layers, tau, alpha, benchmark, negative, false);
  }
}
