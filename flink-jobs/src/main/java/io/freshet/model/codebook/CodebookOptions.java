// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import java.io.Serializable;

/**
 * Everything that can be set about codebooks. {@link #defaults()} serves every stream; {@code
 * CodebookOptions.builder().codes(8).build()} changes single values of it.
 *
 * @param levels how many codes a vector has, 1 or more
 * @param codes to choose from at each level, 2 or more; codes to the power of levels, the number of
 *     paths, is 2^30 at most
 * @param decay what a code keeps of its past at each re-fit, from 0 to below 1
 * @param refitIntervalMillis event time between re-fits
 * @param minUsers vectors that a re-fit waits for
 * @param frozenAfter re-fits after which the books stand still; 0 for never
 * @param expireBelow share of the even share of its level under which a code is replaced, 0 to 1
 * @param gateErrorRise share by which a re-fit may raise the error and is still published
 * @param gateDeadShare share of all codes that a re-fit may leave without a vector of those that
 *     had one before, 0 to 1
 * @param versions kept for a roll-back, the latest among them
 * @param samples vectors that each learner keeps of those it assigned between two sendings
 * @param fitSamples vectors that the fitter keeps of those it was sent between two re-fits
 * @param fillScaling s: a code with less than 1/s of its even share has its squared distance
 *     multiplied by the share of that it has, so that empty codes fill; 0 for plain distances
 * @param intervalWeighting b: a vector weighs as the b-th power of the time since its user was
 *     assigned last, over the mean of such times; 0 for even weights
 * @param seed determines samples, first fit and replacements
 */
public record CodebookOptions(
    int levels,
    int codes,
    double decay,
    long refitIntervalMillis,
    long minUsers,
    long frozenAfter,
    double expireBelow,
    double gateErrorRise,
    double gateDeadShare,
    int versions,
    int samples,
    int fitSamples,
    float fillScaling,
    float intervalWeighting,
    long seed)
    implements Serializable {

  /** Bound on the number of paths. */
  public static final int MOST_PATHS = 1 << 30;

  public CodebookOptions {
    require(levels >= 1, "levels", levels, "at least 1");
    require(codes >= 2, "codes", codes, "at least 2");
    require(
        Math.pow(codes, levels) <= MOST_PATHS,
        "codes",
        codes,
        "such that codes to the power of levels, which are " + levels + ", is at most 2^30");
    require(decay >= 0 && decay < 1, "decay", decay, "from 0 to below 1");
    require(refitIntervalMillis >= 1, "refitIntervalMillis", refitIntervalMillis, "at least 1");
    require(minUsers >= 1, "minUsers", minUsers, "at least 1");
    require(frozenAfter >= 0, "frozenAfter", frozenAfter, "0 or more");
    require(expireBelow >= 0 && expireBelow <= 1, "expireBelow", expireBelow, "from 0 to 1");
    require(gateErrorRise >= 0, "gateErrorRise", gateErrorRise, "0 or more");
    require(
        gateDeadShare >= 0 && gateDeadShare <= 1, "gateDeadShare", gateDeadShare, "from 0 to 1");
    require(versions >= 1, "versions", versions, "at least 1");
    require(samples >= 1, "samples", samples, "at least 1");
    require(fitSamples >= codes, "fitSamples", fitSamples, "at least as many as codes");
    require(fillScaling >= 0, "fillScaling", fillScaling, "0 or more");
    require(
        intervalWeighting >= 0 && intervalWeighting <= 1,
        "intervalWeighting",
        intervalWeighting,
        "from 0 to 1");
  }

  /** The defaults. */
  public static CodebookOptions defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** How many paths there are: codes to the power of levels. */
  public int paths() {
    return (int) Math.round(Math.pow(codes, levels));
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + expected + ", is " + value);
    }
  }

  /** Changes single values of the defaults; {@link #build()} checks them. */
  public static final class Builder {

    private int levels = 3;
    private int codes = 16;
    private double decay = 0.8;
    private long refitIntervalMillis = 10_000;
    private long minUsers = 1000;
    private long frozenAfter;
    private double expireBelow = 0.1;
    private double gateErrorRise = 0.1;
    private double gateDeadShare = 0.25;
    private int versions = 10;
    private int samples = 256;
    private int fitSamples = 2048;
    private float fillScaling;
    private float intervalWeighting;
    private long seed = 1;

    private Builder() {}

    public Builder levels(int value) {
      levels = value;
      return this;
    }

    public Builder codes(int value) {
      codes = value;
      return this;
    }

    public Builder decay(double value) {
      decay = value;
      return this;
    }

    public Builder refitIntervalMillis(long value) {
      refitIntervalMillis = value;
      return this;
    }

    public Builder minUsers(long value) {
      minUsers = value;
      return this;
    }

    public Builder frozenAfter(long value) {
      frozenAfter = value;
      return this;
    }

    public Builder expireBelow(double value) {
      expireBelow = value;
      return this;
    }

    public Builder gateErrorRise(double value) {
      gateErrorRise = value;
      return this;
    }

    public Builder gateDeadShare(double value) {
      gateDeadShare = value;
      return this;
    }

    public Builder versions(int value) {
      versions = value;
      return this;
    }

    public Builder samples(int value) {
      samples = value;
      return this;
    }

    public Builder fitSamples(int value) {
      fitSamples = value;
      return this;
    }

    public Builder fillScaling(float value) {
      fillScaling = value;
      return this;
    }

    public Builder intervalWeighting(float value) {
      intervalWeighting = value;
      return this;
    }

    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException naming the first value that is out of its range
     */
    public CodebookOptions build() {
      return new CodebookOptions(
          levels,
          codes,
          decay,
          refitIntervalMillis,
          minUsers,
          frozenAfter,
          expireBelow,
          gateErrorRise,
          gateDeadShare,
          versions,
          samples,
          fitSamples,
          fillScaling,
          intervalWeighting,
          seed);
    }
  }
}
