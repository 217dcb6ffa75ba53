// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

/** Half-lives are written in hours and used in milliseconds. */
final class Hours {
  private static final double MILLIS = 3_600_000;

  private Hours() {}

  static double toMillis(double hours) {
    return hours * MILLIS;
  }

  static String label(double millis) {
    double hours = millis / MILLIS;
    return hours == Math.rint(hours) ? (long) hours + " h" : hours + " h";
  }
}
