// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/** SplitMix64 (Steele, Lea and Flood, 2014): small, and any two seeds give unrelated streams. */
public final class SplitMix {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  public SplitMix(long seed) {
    state = seed;
  }

  /** One well-mixed value of two, for seeds that belong to a name or to a step. */
  public static long mix(long a, long b) {
    return finish(finish(a + GAMMA) ^ (b * GAMMA));
  }

  /** A 64-bit hash of a string; {@link String#hashCode} alone collides too easily for a seed. */
  public static long hash(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return finish(hash);
  }

  public void reseed(long seed) {
    state = seed;
  }

  public long nextLong() {
    state += GAMMA;
    return finish(state);
  }

  /** Uniform in [0, bound). */
  public int nextInt(int bound) {
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /** Uniform in [0, 1). */
  public float nextFloat() {
    return (nextLong() >>> 40) * 0x1p-24f;
  }

  /** Fills with normal values of mean 0 (Box-Muller). */
  public void fillGaussian(float[] out, int offset, int n, float deviation) {
    for (int i = 0; i < n; i += 2) {
      double radius = Math.sqrt(-2 * Math.log(1 - (nextLong() >>> 11) * 0x1p-53));
      double angle = 2 * Math.PI * ((nextLong() >>> 11) * 0x1p-53);
      out[offset + i] = (float) (deviation * radius * Math.cos(angle));
      if (i + 1 < n) {
        out[offset + i + 1] = (float) (deviation * radius * Math.sin(angle));
      }
    }
  }

  private static long finish(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
