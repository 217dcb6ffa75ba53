// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

/**
 * What a piece of work cannot avoid.
 *
 * @param streamedBytes bytes read or written in order
 * @param itemRows rows of the items' table that are read in the order of the edges by user
 * @param userRows rows of the users' table that are read in the order of the edges by item
 * @param flops multiplications and additions of dense products
 */
record Cost(double streamedBytes, double itemRows, double userRows, double flops) {

  static final Cost NONE = new Cost(0, 0, 0, 0);

  static Cost streamed(double bytes) {
    return new Cost(bytes, 0, 0, 0);
  }

  Cost plus(Cost other) {
    return new Cost(
        streamedBytes + other.streamedBytes,
        itemRows + other.itemRows,
        userRows + other.userRows,
        flops + other.flops);
  }
}
