// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import java.util.Arrays;

/**
 * The codes of all levels as they stood after a re-fit: levels x codes rows of {@code dim} values.
 * Never modified. Newer is the one with the higher version, within the higher epoch.
 */
public final class Codebooks {

  private static final float[] NOTHING = {};

  private final long epoch;
  private final long version;
  private final int levels;
  private final int codes;
  private final int dim;
  private final float[] centroids;
  private final float[] shares;

  private Codebooks(
      long epoch, long version, int levels, int codes, int dim, float[] centroids, float[] shares) {
    this.epoch = epoch;
    this.version = version;
    this.levels = levels;
    this.codes = codes;
    this.dim = dim;
    this.centroids = centroids;
    this.shares = shares;
  }

  /**
   * Books before their first fit, version 0: they assign nothing.
   *
   * @param epoch of the fitter; any before one is known
   */
  public static Codebooks empty(long epoch, int levels, int codes, int dim) {
    return new Codebooks(epoch, 0, levels, codes, dim, NOTHING, NOTHING);
  }

  /**
   * Books of which no code is fuller than another.
   *
   * @param centroids [levels,codes,dim], flat; taken over
   * @throws IllegalArgumentException if the array does not have this many values, or one that is
   *     not finite
   */
  public static Codebooks of(
      long epoch, long version, int levels, int codes, int dim, float[] centroids) {
    float[] even = new float[levels * codes];
    Arrays.fill(even, 1f / codes);
    return of(epoch, version, levels, codes, dim, centroids, even);
  }

  /**
   * Books.
   *
   * @param centroids [levels,codes,dim], flat; taken over
   * @param shares [levels,codes], flat: the share of the vectors of late by code, 1 in sum at each
   *     level; taken over
   * @throws IllegalArgumentException if an array does not have as many values, or one that is not
   *     finite
   */
  public static Codebooks of(
      long epoch, long version, int levels, int codes, int dim, float[] centroids, float[] shares) {
    if (levels < 1 || codes < 1 || dim < 1) {
      throw new IllegalArgumentException(
          "books need a level, a code and a dimension, have "
              + levels
              + ", "
              + codes
              + " and "
              + dim);
    }
    requireFinite("centroids", centroids, (long) levels * codes * dim);
    requireFinite("shares", shares, (long) levels * codes);
    return new Codebooks(epoch, version, levels, codes, dim, centroids, shares);
  }

  private static void requireFinite(String name, float[] values, long length) {
    if (values.length != length) {
      throw new IllegalArgumentException(
          name + " must be " + length + " values, are " + values.length);
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(name + " has a value that is " + value);
      }
    }
  }

  public long epoch() {
    return epoch;
  }

  /** 0 before the first fit. */
  public long version() {
    return version;
  }

  public int levels() {
    return levels;
  }

  public int codes() {
    return codes;
  }

  public int dim() {
    return dim;
  }

  /** Whether nothing was fitted yet. */
  public boolean isEmpty() {
    return centroids.length == 0;
  }

  /** [levels,codes,dim], flat; of no values if empty. Not to be written to. */
  public float[] centroids() {
    return centroids;
  }

  /** Share of the vectors by code, [levels,codes], flat. Not to be written to. */
  public float[] shares() {
    return shares;
  }

  /** Where a code's values begin in {@link #centroids()}. */
  public int offset(int level, int code) {
    return (level * codes + code) * dim;
  }

  /** Whether these replace the others: later fitted, or of a later epoch. */
  public boolean newerThan(Codebooks other) {
    return epoch != other.epoch ? epoch > other.epoch : version > other.version;
  }

  /** Whether codes of the one are codes of the other. */
  public boolean same(long otherEpoch, long otherVersion) {
    return epoch == otherEpoch && version == otherVersion;
  }

  /** Whether both have as many levels, codes and dimensions. */
  public boolean sameShape(Codebooks other) {
    return levels == other.levels && codes == other.codes && dim == other.dim;
  }
}
