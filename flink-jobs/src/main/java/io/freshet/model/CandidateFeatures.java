// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;

/**
 * What the scorer is told of a candidate: what each channel says of it, as it stands at a moment of
 * event time, and what tells one user's list from another's.
 */
final class CandidateFeatures {

  /** Decayed counts below a sixteenth of an event are all the same. */
  private static final double LEAST_BITS = -4;

  private static final float LEAST_SHARE = 0.01f;
  private static final float LOG_OF_NONE = FastLog.of(LEAST_SHARE);
  private static final float HOUR = 3_600_000;
  private static final float MINUTE = 60_000;

  // Behind the trending counts, one for each half-life.
  private static final int USERS = 0;
  private static final int EXPOSURES = 1;
  private static final int EXPOSED_LATELY = 2;
  private static final int AGE = 3;
  private static final int SINCE_LAST_TAKEN = 4;
  private static final int WITH = 5;
  private static final int LOG_WITH = 6;
  private static final int FOLLOWS = 7;
  private static final int LOG_FOLLOWS = 8;
  private static final int NEXT = 9;
  private static final int LOG_NEXT = 10;
  private static final int EMBEDDING = 11;
  private static final int EMBEDDING_IN_LIST = 12;
  private static final int USER_POSITIVES = 13;
  private static final int USER_AWAY = 14;
  private static final int USER_MET = 15;
  private static final int OTHERS = 16;

  private final ModelOptions options;
  private final ItemTable items;
  private final int halfLives;
  private final boolean embeds;
  private final boolean trends;
  private final boolean with;
  private final boolean follows;
  private final boolean next;
  private final double[] moments;
  private float[] embedding = {};

  // Null where it is no channel; its values stand behind all others.
  private final PrefixChannel prefix;

  /**
   * @param prefix the channel of code prefixes; null where it is none
   */
  CandidateFeatures(ModelOptions options, ItemTable items, PrefixChannel prefix) {
    this.prefix = prefix;
    this.options = options;
    this.items = items;
    this.halfLives = options.halfLives().size();
    this.moments = new double[halfLives];
    this.embeds = has(Channel.EMBEDDING);
    this.trends = has(Channel.TRENDING);
    this.with = has(Channel.WITH);
    this.follows = has(Channel.FOLLOWS);
    this.next = has(Channel.NEXT);
  }

  /** Features of a candidate. */
  int width() {
    return halfLives + OTHERS + (prefix == null ? 0 : prefix.levels());
  }

  /** Weights that rank the first lists well enough: popular, near, and to the user's taste. */
  float[] firstWeights() {
    float[] weights = new float[width()];
    Arrays.fill(weights, 0, halfLives, 0.1f);
    weights[halfLives + USERS] = 0.1f;
    weights[halfLives + LOG_WITH] = 0.2f;
    weights[halfLives + LOG_FOLLOWS] = 0.2f;
    weights[halfLives + LOG_NEXT] = 0.3f;
    weights[halfLives + EMBEDDING] = 0.3f;
    return weights;
  }

  /**
   * Writes the features of all candidates.
   *
   * @param embedded whether the user's embedding says anything yet
   * @param now event time
   * @param out [candidates,width]
   */
  void write(UserProfile user, boolean embedded, Candidates candidates, long now, float[] out) {
    int count = candidates.count();
    float mostWith = Float.MIN_NORMAL;
    float mostFollows = Float.MIN_NORMAL;
    float mostNext = Float.MIN_NORMAL;
    for (int c = 0; c < count; c++) {
      int item = candidates.item(c);
      mostWith = Math.max(mostWith, candidates.with(item));
      mostFollows = Math.max(mostFollows, candidates.follows(item));
      mostNext = Math.max(mostNext, candidates.next(item));
    }
    embed(embedded && embeds, candidates);
    for (int h = 0; h < halfLives; h++) {
      moments[h] = (double) now / options.halfLives().get(h);
    }
    float[] inList = inList(count);
    EdgeHistory history = user.history;
    float positives = (float) Math.log1p(user.degree);
    float away =
        history.size() == 0
            ? 0
            : FastLog.of(1 + Math.max(0, now - history.time(history.size() - 1)) / MINUTE);
    float met = (float) Math.log1p(history.size());
    int width = width();
    for (int c = 0; c < count; c++) {
      int item = candidates.item(c);
      int at = c * width;
      if (trends) {
        trends(item, out, at);
      } else {
        Arrays.fill(out, at, at + halfLives, 0);
      }
      at += halfLives;
      counts(item, now, out, at);
      share(with ? candidates.with(item) / mostWith : 0, out, at + WITH);
      share(follows ? candidates.follows(item) / mostFollows : 0, out, at + FOLLOWS);
      share(next ? candidates.next(item) / mostNext : 0, out, at + NEXT);
      out[at + EMBEDDING] = embedding[c];
      out[at + EMBEDDING_IN_LIST] = (embedding[c] - inList[0]) * inList[1];
      out[at + USER_POSITIVES] = positives;
      out[at + USER_AWAY] = away;
      out[at + USER_MET] = met;
      if (prefix != null) {
        prefix.features(item, now, out, at + OTHERS);
      }
    }
  }

  private boolean has(Channel channel) {
    return options.channels().contains(channel);
  }

  private void trends(int item, float[] out, int at) {
    Trending trending = items.trending();
    for (int h = 0; h < halfLives; h++) {
      double bits = trending.key(h, item) - moments[h];
      out[at + h] = (float) Math.max(LEAST_BITS, bits);
    }
  }

  private void counts(int item, long now, float[] out, int at) {
    ItemCounts counts = items.counts(item);
    double bits = items.exposureKey(item) - (double) now / options.exposureHalfLifeMillis();
    out[at + USERS] = items.degreeBits(item);
    out[at + EXPOSURES] = FastLog.of(1 + (float) counts.exposures);
    out[at + EXPOSED_LATELY] = (float) Math.max(LEAST_BITS, bits);
    out[at + AGE] = FastLog.of(1 + Math.max(0, now - counts.firstSeen) / HOUR);
    out[at + SINCE_LAST_TAKEN] = FastLog.of(1 + Math.max(0, now - counts.lastSeen) / MINUTE);
  }

  private static void share(float share, float[] out, int at) {
    out[at] = share;
    out[at + 1] = share == 0 ? LOG_OF_NONE : FastLog.of(share + LEAST_SHARE);
  }

  private void embed(boolean embedded, Candidates candidates) {
    int count = candidates.count();
    if (embedding.length < count) {
      embedding = new float[2 * count];
    }
    for (int c = 0; c < count; c++) {
      int item = candidates.item(c);
      // The channel's score without what it adds for popularity.
      embedding[c] =
          embedded
              ? candidates.embedding(item)
                  - options.popularityPrior() * items.relativePopularity(item)
                  - options.degreePrior() * items.degreeBits(item)
              : 0;
    }
  }

  /** Mean and inverse deviation of the embedding's scores in this list. */
  private float[] inList(int count) {
    double sum = 0;
    double squares = 0;
    for (int c = 0; c < count; c++) {
      sum += embedding[c];
      squares += embedding[c] * embedding[c];
    }
    double mean = count == 0 ? 0 : sum / count;
    double variance = count == 0 ? 0 : squares / count - mean * mean;
    return new float[] {(float) mean, (float) (1 / Math.sqrt(Math.max(variance, 1e-6)))};
  }
}
