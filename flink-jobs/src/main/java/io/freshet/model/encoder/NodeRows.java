// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

import java.util.Arrays;

/**
 * A row for each user and each item of a graph.
 *
 * @param dim values per row
 * @param users [n,dim], flat
 * @param items [m,dim], flat
 */
public record NodeRows(int dim, float[] users, float[] items) {

  public NodeRows {
    if (dim < 1 || users.length % dim != 0 || items.length % dim != 0) {
      throw new IllegalArgumentException(
          users.length + " and " + items.length + " values do not make rows of " + dim);
    }
  }

  /** Zero rows. */
  public static NodeRows zero(int users, int items, int dim) {
    return new NodeRows(
        dim, new float[Math.multiplyExact(users, dim)], new float[Math.multiplyExact(items, dim)]);
  }

  public int userCount() {
    return users.length / dim;
  }

  public int itemCount() {
    return items.length / dim;
  }

  /** Zero rows of the same shape. */
  public NodeRows zeroLike() {
    return zero(userCount(), itemCount(), dim);
  }

  /** Sets every value to zero. */
  public void clear() {
    Arrays.fill(users, 0f);
    Arrays.fill(items, 0f);
  }

  /** Overwrites this with {@code other}, which has the same shape. */
  public void set(NodeRows other) {
    System.arraycopy(other.users, 0, users, 0, users.length);
    System.arraycopy(other.items, 0, items, 0, items.length);
  }

  /** A copy that shares nothing. */
  public NodeRows copy() {
    return new NodeRows(dim, users.clone(), items.clone());
  }

  public long bytes() {
    return (long) Float.BYTES * (users.length + items.length);
  }
}
