// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import io.freshet.kernel.Kernels;
import java.util.Arrays;
import java.util.Set;

/**
 * Gathers the candidates of one user at a time from several channels, each of which may bring
 * {@link ModelOptions#candidates()} items (trending lists half as many): the embedding's best, what
 * is trending at each half-life, and what goes with what the user met last, counted in three ways.
 *
 * <p>With h_0, h_1, ... what the user met last, the latest first, C[h,i] how often i was taken
 * after h ({@link Companions}) and n the exposures:
 *
 * <pre>{@code
 * follows(i) = sum_{k < 20} .95^k C_wide[h_k,i] / sqrt(n[h_k] n[i])
 * with(i)    = sum_{k < 20} .95^k (C_wide[h_k,i] + C_wide[i,h_k]) / sqrt(n[h_k] n[i])
 * next(i)    = sum_{k < 5}  .7^k  C_near[h_k,i] / (n[h_k] + 2)
 * }</pre>
 */
final class Candidates {

  /**
   * How many of the items met last are asked what goes with them: half of those that are counted
   * when one is taken. Asking all of them makes no better lists and costs a quarter more.
   */
  private static final int ASKED = 20;

  private static final float WIDE_DECAY = 0.95f;
  private static final float NEAR_DECAY = 0.7f;
  private static final float NEAR_SMOOTHING = 2;

  private final ModelOptions options;
  private final ItemTable items;
  private final Kernels kernels = Kernels.cpu();

  // By item: the channels' values, and whether the item was touched, kept out or is in already.
  private float[] follows = {};
  private float[] with = {};
  private float[] next = {};
  private int[] touchedStamp = {};
  private int[] outStamp = {};
  private int[] inStamp = {};
  private int stamp;

  private int[] touched = new int[1024];
  private int touchedCount;
  private float[] channel = new float[1024];
  private int[] excluded = new int[64];
  private int excludedCount;
  private final int[] best;
  private final float[] bestScores;

  // The embedding's scores of the user at hand, by item.
  private float[] embedding = {};

  private int[] found = new int[1024];
  private int count;

  Candidates(ModelOptions options, ItemTable items) {
    this.options = options;
    this.items = items;
    this.best = new int[options.candidates()];
    this.bestScores = new float[options.candidates()];
  }

  int count() {
    return count;
  }

  int item(int candidate) {
    return found[candidate];
  }

  /** Place of an item among the candidates, or -1. */
  int find(int item) {
    return inStamp[item] == stamp ? Arrays.binarySearch(found, 0, count, item) : -1;
  }

  /** The score by which the embedding's channel chose. */
  float embedding(int item) {
    return embedding[item];
  }

  float follows(int item) {
    return touchedStamp[item] == stamp ? follows[item] : 0;
  }

  float with(int item) {
    return touchedStamp[item] == stamp ? with[item] : 0;
  }

  float next(int item) {
    return touchedStamp[item] == stamp ? next[item] : 0;
  }

  /** Starts with a user, whose items are still to be kept out. */
  void begin() {
    reserve();
    if (++stamp == 0) {
      Arrays.fill(touchedStamp, 0);
      Arrays.fill(outStamp, 0);
      Arrays.fill(inStamp, 0);
      stamp = 1;
    }
    touchedCount = 0;
    excludedCount = 0;
    count = 0;
  }

  /** Keeps an item out. */
  void exclude(int item) {
    outStamp[item] = stamp;
    if (excludedCount == excluded.length) {
      excluded = Arrays.copyOf(excluded, 2 * excludedCount);
    }
    excluded[excludedCount++] = item;
  }

  boolean excludes(int item) {
    return outStamp[item] == stamp;
  }

  /**
   * Gathers from all channels.
   *
   * @param scores the embedding's, by item, with negative infinity for what must not be shown;
   *     items that are kept out receive it as well
   */
  void gather(UserProfile user, float[] scores) {
    Set<Channel> channels = options.channels();
    companions(user.history);
    if (channels.contains(Channel.FOLLOWS)) {
      channel(follows);
    }
    if (channels.contains(Channel.WITH)) {
      channel(with);
    }
    if (channels.contains(Channel.NEXT)) {
      channel(next);
    }
    embedding = scores;
    if (channels.contains(Channel.EMBEDDING)) {
      embedding(scores);
    }
    if (channels.contains(Channel.TRENDING)) {
      trending();
    }
    // In the order of arrival, by which ties are decided.
    Arrays.sort(found, 0, count);
  }

  private void embedding(float[] scores) {
    for (int i = 0; i < excludedCount; i++) {
      scores[excluded[i]] = Float.NEGATIVE_INFINITY;
    }
    int size = kernels.topK(scores, items.size(), best.length, best, bestScores);
    for (int i = 0; i < size; i++) {
      put(best[i]);
    }
  }

  private void companions(EdgeHistory history) {
    float weight = 1;
    for (int k = 0; k < Math.min(ASKED, history.size()); k++) {
      int item = history.item(history.size() - 1 - k);
      float root = items.inverseRootExposures(item);
      float scaled = weight * root;
      float near =
          k < Companions.NEAR
              ? (float) Math.pow(NEAR_DECAY, k) / (1 / (root * root) + NEAR_SMOOTHING)
              : 0;
      CompanionRow after = items.companions().after(item);
      for (int i = 0; after != null && i < after.size(); i++) {
        int other = after.item(i);
        touch(other);
        float wide = scaled * after.wide(i);
        follows[other] += wide;
        with[other] += wide;
        next[other] += near * after.near(i);
      }
      CompanionRow before = items.companions().before(item);
      for (int i = 0; before != null && i < before.size(); i++) {
        touch(before.item(i));
        with[before.item(i)] += scaled * before.wide(i);
      }
      weight *= WIDE_DECAY;
    }
    for (int i = 0; i < touchedCount; i++) {
      int item = touched[i];
      float root = items.inverseRootExposures(item);
      follows[item] *= root;
      with[item] *= root;
    }
  }

  private void touch(int item) {
    if (touchedStamp[item] != stamp) {
      touchedStamp[item] = stamp;
      follows[item] = 0;
      with[item] = 0;
      next[item] = 0;
      if (touchedCount == touched.length) {
        touched = Arrays.copyOf(touched, 2 * touchedCount);
        channel = new float[2 * touchedCount];
      }
      touched[touchedCount++] = item;
    }
  }

  /** The best of what the companions brought, by one of the three. */
  private void channel(float[] values) {
    for (int i = 0; i < touchedCount; i++) {
      int item = touched[i];
      channel[i] =
          values[item] > 0 && outStamp[item] != stamp && items.candidate(item)
              ? values[item]
              : Float.NEGATIVE_INFINITY;
    }
    int size = kernels.topK(channel, touchedCount, best.length, best, bestScores);
    for (int i = 0; i < size; i++) {
      put(touched[best[i]]);
    }
  }

  private void trending() {
    Trending trending = items.trending();
    int most = Math.max(1, options.candidates() / 2);
    for (int h = 0; h < options.halfLives().size(); h++) {
      int taken = 0;
      int size = trending.size(h);
      for (int place = 0; place < size && taken < most; place++) {
        int item = trending.item(h, place);
        if (outStamp[item] != stamp && items.candidate(item)) {
          put(item);
          taken++;
        }
      }
    }
  }

  private void put(int item) {
    if (inStamp[item] != stamp) {
      inStamp[item] = stamp;
      if (count == found.length) {
        found = Arrays.copyOf(found, 2 * count);
      }
      found[count++] = item;
    }
  }

  private void reserve() {
    int size = items.size();
    if (size > outStamp.length) {
      int grown = Math.max(size, outStamp.length * 2);
      follows = Arrays.copyOf(follows, grown);
      with = Arrays.copyOf(with, grown);
      next = Arrays.copyOf(next, grown);
      touchedStamp = Arrays.copyOf(touchedStamp, grown);
      outStamp = Arrays.copyOf(outStamp, grown);
      inStamp = Arrays.copyOf(inStamp, grown);
    }
  }
}
