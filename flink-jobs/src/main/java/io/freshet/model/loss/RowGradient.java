// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.loss;

import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;
import io.freshet.model.encoder.NodeRows;

/**
 * Carries a loss over inner products to the rows: two SDDMM for the scores, four SpMM for the
 * gradients. Holds the edges' arrays between calls; used by one thread.
 */
public final class RowGradient {

  private final Kernels kernels;
  private float[] positive = new float[0];
  private float[] negative = new float[0];

  public RowGradient(Kernels kernels) {
    this.kernels = kernels;
  }

  /**
   * The mean loss over the edges of a batch.
   *
   * @param out receives its gradient with respect to {@code rows} (overwritten)
   */
  public double compute(EdgeBatch batch, RankingLoss loss, NodeRows rows, NodeRows out) {
    int edges = batch.edges();
    int k = batch.perEdge();
    int dim = rows.dim();
    if (edges == 0) {
      out.clear();
      return 0;
    }
    reserve(edges, edges * k);
    kernels.sddmm(batch.positives(), dim, rows.users(), rows.items(), positive, false);
    kernels.sddmm(batch.negatives(), dim, rows.users(), rows.items(), negative, false);
    double sum =
        kernels.sumRange(
            edges,
            (from, to) -> {
              double part = loss.differentiate(from, to, k, positive, negative);
              scale(positive, from, to, 1f / edges);
              scale(negative, from * k, to * k, 1f / edges);
              return part;
            });
    spread(batch.positives(), batch.negatives(), dim, rows.items(), out.users());
    spread(batch.positivesByItem(), batch.negativesByItem(), dim, rows.users(), out.items());
    return sum / edges;
  }

  /**
   * Adds the gradient of {@code strength * mean_e (|x_u|^2 + |x_i|^2 + mean_j |x_j|^2) / 2}.
   *
   * @return that value
   */
  public double addSquaredNorms(EdgeBatch batch, double strength, NodeRows rows, NodeRows out) {
    if (strength == 0 || batch.edges() == 0) {
      return 0;
    }
    double each = strength / batch.edges();
    int d = rows.dim();
    double users =
        kernels.sumRange(
            batch.positives().rows(),
            (from, to) -> {
              double sum = 0;
              for (int u = from; u < to; u++) {
                double share = each * batch.positives().size(u);
                sum += pull(share, d, u, rows.users(), out.users());
              }
              return sum;
            });
    double items =
        kernels.sumRange(
            batch.positivesByItem().rows(),
            (from, to) -> {
              double sum = 0;
              for (int i = from; i < to; i++) {
                double share =
                    each
                        * (batch.positivesByItem().size(i)
                            + (double) batch.negativesByItem().size(i) / batch.perEdge());
                sum += pull(share, d, i, rows.items(), out.items());
              }
              return sum;
            });
    return users + items;
  }

  /** Bytes of the edges' arrays. */
  public long bytes() {
    return (long) Float.BYTES * (positive.length + negative.length);
  }

  private double pull(double share, int d, int row, float[] x, float[] out) {
    if (share == 0) {
      return 0;
    }
    kernels.axpy(d, (float) share, x, row * d, out, row * d);
    return share / 2 * kernels.dot(d, x, row * d, x, row * d);
  }

  private void spread(
      SparseRows positives, SparseRows negatives, int dim, float[] from, float[] out) {
    kernels.spmm(positives, dim, positive, from, out, false);
    kernels.spmm(negatives, dim, negative, from, out, true);
  }

  private void reserve(int edges, int negatives) {
    if (positive.length < edges) {
      positive = new float[edges];
    }
    if (negative.length < negatives) {
      negative = new float[negatives];
    }
  }

  private static void scale(float[] values, int from, int to, float factor) {
    for (int i = from; i < to; i++) {
      values[i] *= factor;
    }
  }
}
