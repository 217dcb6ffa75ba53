// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

/**
 * The sums over one side's nodes to which a sum over all pairs reduces when a pair's weight is of
 * low rank. With a share a and a shift c per node, unit vectors z and values x:
 *
 * <pre>unit = sum a z    value = sum a c x    outer = sum a z x^T    shift = sum a c</pre>
 */
final class PairSums {
  final double[] unit;
  final double[] value;
  final double[][] outer;
  final double shift;

  PairSums(double[][] z, double[][] x, double[] shares, double[] shifts) {
    int d = z[0].length;
    unit = new double[d];
    value = new double[d];
    outer = new double[d][d];
    double sum = 0;
    for (int r = 0; r < z.length; r++) {
      Rows.add(unit, shares[r], z[r]);
      Rows.add(value, shares[r] * shifts[r], x[r]);
      Rows.addOuter(outer, shares[r], z[r], x[r]);
      sum += shares[r] * shifts[r];
    }
    shift = sum;
  }
}
