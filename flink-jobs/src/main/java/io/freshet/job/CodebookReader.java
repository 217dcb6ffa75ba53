// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import io.freshet.model.Channel;
import io.freshet.model.codebook.CodebookOptions;
import io.freshet.schema.CodebookRow;
import java.time.Duration;
import java.util.Set;

/** Reads the options of the codebooks. */
final class CodebookReader {
  private static final int MOST_LEVELS = 16;
  private static final int MOST_CODES = 1024;

  /** Values of the sample that the fitter keeps at most: bounds a checkpoint's records. */
  private static final int MOST_SAMPLE_VALUES = 1 << 20;

  private final OptionReader options;
  private boolean given;

  CodebookReader(OptionReader options) {
    this.options = options;
  }

  /**
   * The options; null where users get no codes. Faulty ones read as their defaults.
   *
   * @param dim values of a user's vector
   */
  CodebookOptions read(int dim, long seed) {
    CodebookOptions defaults = CodebookOptions.defaults();
    int levels = options.integer(FreshetOptions.CODEBOOK_LEVELS, 0, MOST_LEVELS);
    int codes = options.integer(FreshetOptions.CODEBOOK_CODES, 2, MOST_CODES);
    boolean fits = checkSize(levels, codes, dim);
    int samples = Math.min(defaults.fitSamples(), MOST_SAMPLE_VALUES / dim);
    CodebookOptions read =
        CodebookOptions.builder()
            .levels(fits && levels > 0 ? levels : defaults.levels())
            .codes(fits && levels > 0 ? codes : defaults.codes())
            .decay(options.fractionBelowOne(FreshetOptions.CODEBOOK_DECAY))
            .refitIntervalMillis(
                options
                    .duration(FreshetOptions.CODEBOOK_REFIT_INTERVAL, Duration.ofMillis(1))
                    .toMillis())
            .minUsers(options.integer(FreshetOptions.CODEBOOK_REFIT_MIN_USERS, 1))
            .frozenAfter(options.integer(FreshetOptions.CODEBOOK_REFIT_FROZEN_AFTER, 0))
            .expireBelow(options.fraction(FreshetOptions.CODEBOOK_EXPIRE_BELOW))
            .gateErrorRise(options.decimalNotNegative(FreshetOptions.CODEBOOK_GATE_ERROR_RISE))
            .gateDeadShare(options.fraction(FreshetOptions.CODEBOOK_GATE_DEAD_SHARE))
            .versions(options.integer(FreshetOptions.CODEBOOK_VERSIONS, 1, 1000))
            .fitSamples(samples)
            .fillScaling(options.notNegative(FreshetOptions.CODEBOOK_FILL_SCALING))
            .intervalWeighting(options.share(FreshetOptions.CODEBOOK_INTERVAL_WEIGHTING))
            .seed(seed)
            .build();
    given = levels > 0;
    return given ? read : null;
  }

  /** The share of hard negatives, which needs codes; after {@link #read}. */
  float hardNegatives(float share) {
    if (share > 0 && !given) {
      faultOf(FreshetOptions.MODEL_NEGATIVES_HARD_SHARE.key() + " is above 0");
      return 0;
    }
    return share;
  }

  /** The channels, of which one needs codes; after {@link #read}. */
  Set<Channel> channels(Set<Channel> channels) {
    if (channels.contains(Channel.PREFIX) && !given) {
      faultOf(FreshetOptions.RANKER_CHANNELS.key() + " has " + Channel.PREFIX);
      return Channel.defaults();
    }
    return channels;
  }

  private void faultOf(String asked) {
    options.fault(
        asked
            + " and "
            + FreshetOptions.CODEBOOK_LEVELS.key()
            + " is 0: without codes there are no prefixes; raise it, or leave the first out");
  }

  private boolean checkSize(int levels, int codes, int dim) {
    if (Math.pow(codes, levels) > CodebookOptions.MOST_PATHS) {
      options.fault(
          FreshetOptions.CODEBOOK_CODES.key()
              + " ("
              + codes
              + ") to the power of "
              + FreshetOptions.CODEBOOK_LEVELS.key()
              + " ("
              + levels
              + ") is above 2^30; lower one of them");
      return false;
    }
    if ((long) levels * codes * dim > CodebookRow.MAX_VALUES) {
      options.fault(
          FreshetOptions.CODEBOOK_LEVELS.key()
              + " ("
              + levels
              + ") times "
              + FreshetOptions.CODEBOOK_CODES.key()
              + " ("
              + codes
              + ") times "
              + FreshetOptions.MODEL_DIMENSION.key()
              + " ("
              + dim
              + ") is above "
              + CodebookRow.MAX_VALUES
              + ", more than one record may hold; lower one of them");
      return false;
    }
    return true;
  }
}
