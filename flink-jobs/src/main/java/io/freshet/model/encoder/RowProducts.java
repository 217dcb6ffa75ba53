// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import io.freshet.kernel.Kernels;
import java.util.Arrays;

/** Sums of rows, and products of rows with d x d matrices. */
final class RowProducts {

  private final int dim;
  private final Kernels kernels;

  /** As many rows as the longer side has. */
  private final float[] product;

  RowProducts(int rows, int dim, Kernels kernels) {
    this.dim = dim;
    this.kernels = kernels;
    this.product = new float[rows * dim];
  }

  /** {@code out = sum_n scale_n x_n}; no scale is 1. */
  void sum(int rows, float[] scale, float[] x, float[] out) {
    Arrays.fill(out, 0f);
    for (int n = 0; n < rows; n++) {
      kernels.axpy(dim, scale == null ? 1f : scale[n], x, n * dim, out, 0);
    }
  }

  /** {@code out = sum_n scale_n a_n^T b_n}, [d,d]. */
  void outer(float[] scale, float[] a, float[] b, float[] out) {
    kernels.scaleRows(scale.length, dim, scale, a, product);
    kernels.gemmTransposed(scale.length, dim, dim, product, b, out);
  }

  /** {@code out_n += scale_n a_n b} for b [d,d]; no scale is 1. */
  void add(int rows, float[] scale, float[] a, float[] b, float[] out) {
    kernels.gemm(rows, dim, dim, a, b, product);
    kernels.forEach(
        rows,
        n -> kernels.axpy(dim, scale == null ? 1f : scale[n], product, n * dim, out, n * dim));
  }

  /** {@code out_n += scale_n a_n b^T}; no scale is 1. */
  void addTransposed(int rows, float[] scale, float[] a, float[] b, float[] out) {
    float[] transposed = new float[b.length];
    for (int row = 0; row < dim; row++) {
      for (int column = 0; column < dim; column++) {
        transposed[column * dim + row] = b[row * dim + column];
      }
    }
    add(rows, scale, a, transposed, out);
  }

  long bytes() {
    return (long) Float.BYTES * product.length;
  }
}
