// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

/**
 * What the machine reached in the same run, on arrays of the same size, in processor time.
 *
 * @param copyGigabytes gigabytes per second, read and written ones counted, of copying the items'
 *     table
 * @param itemRowNanos nanoseconds to read a row of the items' table, in the order of the edges by
 *     user, and add it to one that stays in registers
 * @param userRowNanos the same of the users' table, by item
 * @param randomRowNanos nanoseconds to read a row of the users' table in random order
 * @param gigaflops of a dense product that stays in cache
 */
public record Floor(
    double copyGigabytes,
    double itemRowNanos,
    double userRowNanos,
    double randomRowNanos,
    double gigaflops) {

  /** Milliseconds below which the work cannot come on this machine. */
  double millis(Cost cost) {
    double nanos =
        cost.streamedBytes() / copyGigabytes
            + cost.itemRows() * itemRowNanos
            + cost.userRows() * userRowNanos
            + cost.flops() / gigaflops;
    return nanos / 1e6;
  }
}
