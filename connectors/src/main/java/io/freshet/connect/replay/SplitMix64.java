// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

/**
 * A small seeded generator (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014): the same numbers on every machine and Java version.
 */
final class SplitMix64 {
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  SplitMix64(long seed) {
    this.state = seed;
  }

  long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  double nextDouble() {
    return toUnit(nextLong());
  }

  /** Uniform in [0, bound). */
  int nextInt(int bound) {
    return (int) (nextDouble() * bound);
  }

  /** A bijection of 64 bits that leaves no trace of a pattern in its input. */
  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** The upper 53 bits as a number in [0, 1). */
  static double toUnit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }
}
