// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

/**
 * The sums over all nodes that {@link RankformerLayer} makes its terms of all pairs of, or the
 * gradients of them.
 */
public final class PairSums {

  // Over items: of normalised rows, of rows, of their outer products [d,d].
  final float[] sumV;
  final float[] sumY;
  final float[] m;

  // Over users: the same with weights, [d,d] last.
  final float[] h;
  final float[] k;
  final float[] bigK;

  /** Over users: {@code sum_u c_u / D-_u}. */
  double shift;

  PairSums(int dim) {
    this(
        new float[dim],
        new float[dim],
        new float[dim * dim],
        new float[dim],
        new float[dim],
        new float[dim * dim],
        0);
  }

  private PairSums(
      float[] sumV, float[] sumY, float[] m, float[] h, float[] k, float[] bigK, double shift) {
    this.sumV = sumV;
    this.sumY = sumY;
    this.m = m;
    this.h = h;
    this.k = k;
    this.bigK = bigK;
    this.shift = shift;
  }

  PairSums copy() {
    return new PairSums(
        sumV.clone(), sumY.clone(), m.clone(), h.clone(), k.clone(), bigK.clone(), shift);
  }

  /** Bytes of the arrays. */
  long bytes() {
    return Float.BYTES * (4L * sumV.length + 2L * m.length);
  }
}
