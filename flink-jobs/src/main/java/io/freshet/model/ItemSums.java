// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import io.freshet.kernel.Kernels;
import java.util.Arrays;

/**
 * Sums over the rows of all items, of which {@link StreamEncoder#RANKFORMER} makes its terms of all
 * pairs. Made anew when as many rows have changed as there are items: each row is then one change
 * old on average, and a change costs no more than one row's part of the sums, d^2 multiplications.
 */
final class ItemSums {

  private static final int CHUNK = 512;

  private final int dim;
  private final Kernels kernels = Kernels.cpu();

  /** Sum of the normalised rows v_i, [d]. */
  final float[] ofNormalised;

  /** Sum of the rows y_i, [d]. */
  final float[] ofRows;

  /** Sum of {@code v_i y_i^T}, [d,d]. */
  final float[] ofProducts;

  private final float[] rows;
  private final float[] normalised;
  private final float[] inverse = new float[CHUNK];
  private final float[] products;

  private int count;
  private long changes = -1;

  ItemSums(int dim) {
    this.dim = dim;
    this.ofNormalised = new float[dim];
    this.ofRows = new float[dim];
    this.ofProducts = new float[dim * dim];
    this.rows = new float[CHUNK * dim];
    this.normalised = new float[CHUNK * dim];
    this.products = new float[dim * dim];
  }

  /** The items that the sums hold. */
  int count() {
    return count;
  }

  /**
   * Makes the sums anew where they have become too old.
   *
   * @param changes of rows of the table so far
   */
  void refresh(ItemTable items, long changes) {
    if (this.changes >= 0 && changes - this.changes < items.count()) {
      return;
    }
    this.changes = changes;
    count = items.count();
    Arrays.fill(ofNormalised, 0);
    Arrays.fill(ofRows, 0);
    Arrays.fill(ofProducts, 0);
    // Where an item left, its row is zero and adds nothing.
    for (int from = 0; from < items.size(); from += CHUNK) {
      add(items, from, Math.min(CHUNK, items.size() - from));
    }
  }

  private void add(ItemTable items, int from, int n) {
    for (int i = 0; i < n; i++) {
      System.arraycopy(items.rows, (from + i) * (dim + 1), rows, i * dim, dim);
    }
    kernels.inverseNorms(n, dim, rows, inverse);
    kernels.scaleRows(n, dim, inverse, rows, normalised);
    for (int i = 0; i < n; i++) {
      kernels.axpy(dim, 1, normalised, i * dim, ofNormalised, 0);
      kernels.axpy(dim, 1, rows, i * dim, ofRows, 0);
    }
    kernels.gemmTransposed(n, dim, dim, normalised, rows, products);
    kernels.axpy(dim * dim, 1, products, 0, ofProducts, 0);
  }
}
