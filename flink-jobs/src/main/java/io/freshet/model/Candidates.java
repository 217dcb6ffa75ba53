// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import io.freshet.kernel.Kernels;
import io.freshet.kernel.ScoredRows;
import java.util.Arrays;
import java.util.Set;

/**
 * Gathers the candidates of one user at a time from several channels, each of which may bring
 * {@link ModelOptions#candidates()} items (trending lists half as many): the embedding's best, what
 * is trending at each half-life, and what goes with what the user met last, counted in three ways.
 *
 * <p>With h_0, h_1, ... what the user met last, the latest first, C[h,i] how often i was taken
 * after h ({@link Companions}), n the exposures and a = 20 unless the learner is {@link #ask short
 * of time}:
 *
 * <pre>{@code
 * follows(i) = sum_{k < a} .95^k C_wide[h_k,i] / sqrt(n[h_k] n[i])
 * with(i)    = sum_{k < a} .95^k (C_wide[h_k,i] + C_wide[i,h_k]) / sqrt(n[h_k] n[i])
 * next(i)    = sum_{k < 5}  .7^k  C_near[h_k,i] / (n[h_k] + 2)
 * }</pre>
 */
final class Candidates {

  /**
   * How many of the items met last are asked what goes with them unless told otherwise: half of
   * those that are counted when one is taken. Asking all of them makes no better lists and costs a
   * quarter more.
   */
  static final int ASKED = 20;

  private static final float WIDE_DECAY = 0.95f;
  private static final float NEAR_DECAY = 0.7f;
  private static final float NEAR_SMOOTHING = 2;

  private final ModelOptions options;
  private final ItemTable items;
  private final Kernels kernels = Kernels.cpu();

  // By item: the channels' sums, zero but for the items touched; whether kept out or in already.
  private float[] follows = {};
  private float[] with = {};
  private float[] next = {};
  private int[] outStamp = {};
  private int[] inStamp = {};
  private int stamp;

  private int[] touched = {};
  private int touchedCount;

  // What is touched and may be shown, and the channels' values of it.
  private int[] shown = {};
  private float[] shownFollows = {};
  private float[] shownWith = {};
  private float[] shownNext = {};
  private int shownCount;

  private int[] excluded = new int[64];
  private int excludedCount;
  private final int[] best;

  // What the embedding looked at for the user at hand.
  private ScoredRows embedding = ScoredRows.NONE;

  private int[] found = new int[1024];
  private int count;
  private int asked = ASKED;

  // Null where it is no channel.
  private final PrefixChannel prefix;

  /**
   * @param prefixes what users who share a code prefix took; null where that is no channel
   */
  Candidates(ModelOptions options, ItemTable items, PrefixItems prefixes) {
    this.options = options;
    this.items = items;
    this.best = new int[options.candidates()];
    this.prefix = options.channels().contains(Channel.PREFIX) ? new PrefixChannel(prefixes) : null;
  }

  /** The channel of code prefixes; null where it is none. */
  PrefixChannel prefix() {
    return prefix;
  }

  /** Asks so many of the items met last from now on. */
  void ask(int items) {
    asked = items;
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
    return embedding.of(item);
  }

  float follows(int item) {
    return follows[item];
  }

  float with(int item) {
    return with[item];
  }

  float next(int item) {
    return next[item];
  }

  /** Starts with a user, whose items are still to be kept out. */
  void begin() {
    reserve();
    if (++stamp == 0) {
      Arrays.fill(outStamp, 0);
      Arrays.fill(inStamp, 0);
      stamp = 1;
    }
    for (int i = 0; i < touchedCount; i++) {
      follows[touched[i]] = 0;
      with[touched[i]] = 0;
      next[touched[i]] = 0;
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
   * @param scored by the embedding, with negative infinity for what must not be shown; items that
   *     are kept out receive it as well. Of a user for whom nothing was looked at, what is popular
   *     stands in
   */
  void gather(UserProfile user, ScoredRows scored) {
    Set<Channel> channels = options.channels();
    companions(user.history);
    if (channels.contains(Channel.FOLLOWS)) {
      channel(shownFollows);
    }
    if (channels.contains(Channel.WITH)) {
      channel(shownWith);
    }
    if (channels.contains(Channel.NEXT)) {
      channel(shownNext);
    }
    embedding = scored;
    if (channels.contains(Channel.EMBEDDING)) {
      embedding();
    }
    if (channels.contains(Channel.TRENDING)) {
      trending();
    }
    if (prefix != null) {
      prefix(user);
    }
    // In the order of arrival, by which ties are decided.
    Arrays.sort(found, 0, count);
  }

  private void embedding() {
    if (embedding.count() == 0) {
      trending(options.halfLives().size() / 2, options.candidates());
      return;
    }
    float[] scores = embedding.scores();
    for (int i = 0; i < excludedCount; i++) {
      int place = embedding.place(excluded[i]);
      if (place >= 0) {
        scores[place] = Float.NEGATIVE_INFINITY;
      }
    }
    int size = kernels.select(scores, embedding.count(), best.length, best);
    for (int i = 0; i < size; i++) {
      put(embedding.row(best[i]));
    }
  }

  private void companions(EdgeHistory history) {
    Companions companions = items.companions();
    int asking = Math.min(asked, history.size());
    reserveTouched(history, asking);
    float weight = 1;
    for (int k = 0; k < asking; k++) {
      int item = history.item(history.size() - 1 - k);
      CompanionRow after = companions.after(item);
      if (after != null) {
        float root = items.inverseRootExposures(item);
        touchedCount = after.addWide(weight * root, follows, touched, touchedCount);
        if (k < Companions.NEAR) {
          after.addNear(
              (float) Math.pow(NEAR_DECAY, k) / (1 / (root * root) + NEAR_SMOOTHING), next);
        }
      }
      weight *= WIDE_DECAY;
    }
    int following = touchedCount;
    weight = 1;
    for (int k = 0; k < asking; k++) {
      int item = history.item(history.size() - 1 - k);
      CompanionRow before = companions.before(item);
      if (before != null) {
        float factor = weight * items.inverseRootExposures(item);
        touchedCount = before.addWide(factor, with, touched, touchedCount);
      }
      weight *= WIDE_DECAY;
    }
    int end = touchedCount;
    touchedCount = following;
    for (int i = following; i < end; i++) {
      if (follows[touched[i]] == 0) {
        touched[touchedCount++] = touched[i];
      }
    }
    show();
  }

  /** Completes the sums and copies those of what may be shown into a line. */
  private void show() {
    for (int i = 0; i < excludedCount; i++) {
      follows[excluded[i]] = 0;
      with[excluded[i]] = 0;
    }
    shownCount = 0;
    for (int i = 0; i < touchedCount; i++) {
      int item = touched[i];
      float root = items.shownRoot(item);
      float following = follows[item] * root;
      float both = with[item] * root + following;
      follows[item] = following;
      with[item] = both;
      shown[shownCount] = item;
      shownFollows[shownCount] = aboveZero(following);
      shownWith[shownCount] = both;
      shownNext[shownCount] = aboveZero(next[item]);
      // Without a branch, which would go wrong too often: the next item overwrites what is not
      // kept.
      shownCount += -Float.floatToRawIntBits(both) >>> 31;
    }
  }

  private static float aboveZero(float value) {
    return value > 0 ? value : Float.NEGATIVE_INFINITY;
  }

  /** The best of what the companions brought, by one of the three. */
  private void channel(float[] values) {
    int size = kernels.select(values, shownCount, best.length, best);
    for (int i = 0; i < size; i++) {
      put(shown[best[i]]);
    }
  }

  private void prefix(UserProfile user) {
    prefix.gather(
        user,
        items.size(),
        options.candidates(),
        item -> outStamp[item] != stamp && items.candidate(item));
    for (int i = 0; i < prefix.count(); i++) {
      put(prefix.item(i));
    }
  }

  private void trending() {
    for (int h = 0; h < options.halfLives().size(); h++) {
      trending(h, Math.max(1, options.candidates() / 2));
    }
  }

  private void trending(int halfLife, int most) {
    Trending trending = items.trending();
    int taken = 0;
    int size = trending.size(halfLife);
    for (int place = 0; place < size && taken < most; place++) {
      int item = trending.item(halfLife, place);
      if (outStamp[item] != stamp && items.candidate(item)) {
        put(item);
        taken++;
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
      outStamp = Arrays.copyOf(outStamp, grown);
      inStamp = Arrays.copyOf(inStamp, grown);
    }
  }

  private void reserveTouched(EdgeHistory history, int asked) {
    int most = 0;
    for (int k = 0; k < asked; k++) {
      int item = history.item(history.size() - 1 - k);
      CompanionRow after = items.companions().after(item);
      CompanionRow before = items.companions().before(item);
      most += (after == null ? 0 : after.size()) + (before == null ? 0 : before.size());
    }
    if (most >= touched.length) {
      touched = new int[2 * most + 1];
      shown = new int[touched.length];
      shownFollows = new float[touched.length];
      shownWith = new float[touched.length];
      shownNext = new float[touched.length];
    }
  }
}
