// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * The codebooks of residual quantisation, all levels at once, as they stand on the model topic: a
 * reader has all of one version or none of it. The row with the largest (epoch, version) counts.
 *
 * @param books whose codes: {@code users}
 * @param epoch grows with every start or restore of the job
 * @param version grows by one with every re-fit and every roll-back, also across restores
 * @param levels L
 * @param codes K, codes of a level
 * @param dim values of a code
 * @param centroids levels * codes * dim values: level by level, code by code
 * @param shares levels * codes values: the share of the vectors of late that each code has
 * @param eventTime event time of the newest event that the re-fit knew of, milliseconds
 */
@TypeInfo(SchemaTypeInfoFactory.class)
public record CodebookRow(
    String books,
    long epoch,
    long version,
    int levels,
    int codes,
    int dim,
    float[] centroids,
    float[] shares,
    long eventTime) {

  /** The books of the users' codes. */
  public static final String USERS = "users";

  /**
   * The most values that books may have: in base64 they are 700 kB, and a broker takes 1 MB unless
   * told otherwise.
   */
  public static final int MAX_VALUES = 1 << 17;

  private static final String KEY_PREFIX = "codebook/";

  public CodebookRow {
    if (!fits(levels, codes, dim, centroids, shares)) {
      throw new IllegalArgumentException(
          "%d values and %d shares for %d levels of %d codes of %d"
              .formatted(centroids.length, shares.length, levels, codes, dim));
    }
  }

  /** Whether there are as many values and shares as codes ask for. */
  static boolean fits(int levels, int codes, int dim, float[] centroids, float[] shares) {
    return (double) levels * codes * dim == centroids.length
        && (double) levels * codes == shares.length;
  }

  /** The record's key on the model topic. */
  public String key() {
    return key(books);
  }

  /** The key of books on the model topic and of orders about them on the control topic. */
  public static String key(String books) {
    return KEY_PREFIX + books;
  }

  /** Whether this replaces a row of that epoch and version. */
  public boolean isNewerThan(long otherEpoch, long otherVersion) {
    return epoch > otherEpoch || (epoch == otherEpoch && version > otherVersion);
  }
}
