// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import io.freshet.kernel.Kernels;
import io.freshet.model.scorer.CandidateScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes and tests lists: candidates from several channels, scored by what they look like now. */
final class ListRanker implements AutoCloseable {
  private static final int TESTS_OF_LATE = 2000;

  /** Lists of one mini-step that the scorer learns from at most: bounds the memory they take. */
  private static final int MOST_LESSONS = 1024;

  /** A list as it stood before one of its candidates was taken. */
  private record Lesson(float[] features, int candidates, int taken) {}

  private final ModelOptions options;
  private final ItemTable items;
  private final Kernels kernels = Kernels.cpu();
  private final EmbeddingScores embedding;
  private final Candidates candidates;
  private final CandidateFeatures features;
  private final CandidateScorer scorer;
  private final UserProfile[] batch = new UserProfile[EmbeddingScores.BATCH];
  private final List<Lesson> lessons = new ArrayList<>();
  private float[] x = {};
  private float[] scores = {};
  private final ListClock clock = new ListClock();
  private final ShareOfLate foundOfTested = new ShareOfLate(TESTS_OF_LATE);

  /**
   * @param prefixes what users who share a code prefix took; null where that is no channel
   */
  ListRanker(ModelOptions options, ItemTable items, PrefixItems prefixes) {
    this.options = options;
    this.items = items;
    this.embedding = new EmbeddingScores(options, items);
    this.candidates = new Candidates(options, items, prefixes);
    this.features = new CandidateFeatures(options, items, candidates.prefix());
    this.scorer =
        new CandidateScorer(
            features.firstWeights(), options.scorerWidth(), options.scorerRate(), options.seed());
  }

  /** See {@link OnlineModel#ask}. */
  void ask(int latest) {
    candidates.ask(latest);
  }

  /** See {@link OnlineModel#test}. */
  void test(UserProfile[] users, int[] items, long[] times, int count, int[] ranks) {
    embedding.refresh();
    int start = 0;
    while (start < count) {
      int first = start;
      int distinct = 0;
      int end = start;
      while (end < count && (distinct < batch.length || users[end] == batch[distinct - 1])) {
        if (distinct == 0 || users[end] != batch[distinct - 1]) {
          batch[distinct++] = users[end];
        }
        end++;
      }
      int stop = end;
      int[] next = {first};
      clock.start();
      embedding.of(
          batch,
          distinct,
          (b, scored) -> {
            clock.scored();
            candidates.begin();
            exclude(batch[b], true);
            candidates.gather(batch[b], scored);
            clock.gathered();
            score(batch[b], times[next[0]]);
            float[] kept = null;
            int at = next[0];
            for (; at < stop && users[at] == batch[b]; at++) {
              int place = items[at] < 0 ? -1 : candidates.find(items[at]);
              ranks[at] = rank(items[at], place);
              if (place >= 0 && lessons.size() < MOST_LESSONS) {
                if (kept == null) {
                  kept = Arrays.copyOf(x, candidates.count() * features.width());
                }
                lessons.add(new Lesson(kept, candidates.count(), place));
              }
            }
            next[0] = at;
            clock.picked();
          });
      start = end;
    }
  }

  private int rank(int item, int place) {
    if (item < 0 || !items.candidate(item) || candidates.excludes(item)) {
      return 0;
    }
    foundOfTested.add(place >= 0);
    if (place < 0) {
      return candidates.count() + 1;
    }
    return kernels.rank(scores, candidates.count(), place);
  }

  /** Learns from the lists tested since the last call. */
  void learn() {
    for (Lesson lesson : lessons) {
      scorer.learn(lesson.features, lesson.candidates, lesson.taken);
    }
    lessons.clear();
  }

  /** See {@link OnlineModel#rank}. */
  void rank(
      UserProfile[] users,
      int count,
      int k,
      boolean excludeKnown,
      int[][] excluded,
      RankedList[] out) {
    embedding.refresh();
    int[] best = new int[k];
    float[] bestScores = new float[k];
    for (int start = 0; start < count; start += batch.length) {
      int from = start;
      int size = Math.min(batch.length, count - start);
      System.arraycopy(users, start, batch, 0, size);
      clock.start();
      embedding.of(
          batch,
          size,
          (b, scored) -> {
            clock.scored();
            UserProfile user = batch[b];
            candidates.begin();
            if (excludeKnown) {
              exclude(user, false);
            }
            if (excluded != null && excluded[from + b] != null) {
              for (int item : excluded[from + b]) {
                candidates.exclude(item);
              }
            }
            candidates.gather(user, scored);
            clock.gathered();
            score(user, items.latest());
            int found = kernels.topK(scores, candidates.count(), k, best, bestScores);
            int[] list = new int[found];
            for (int i = 0; i < found; i++) {
              list[i] = candidates.item(best[i]);
            }
            out[from + b] =
                new RankedList(list, Arrays.copyOf(bestScores, found), user.cold(options));
            clock.picked();
          });
    }
  }

  private void score(UserProfile user, long now) {
    int count = candidates.count();
    if (scores.length < count) {
      scores = new float[2 * count];
      x = new float[scores.length * features.width()];
    }
    features.write(user, !user.cold(options), candidates, now, x);
    clock.described();
    scorer.score(x, count, scores);
    clock.ranked();
  }

  /** What ranks the candidates. */
  CandidateScorer scorer() {
    return scorer;
  }

  ListCost cost() {
    return clock.cost();
  }

  /** Share of the items tested of late that were candidates; 1 before the first test. */
  double candidateRecall() {
    return foundOfTested.value();
  }

  Retrieval retrieval() {
    return embedding.state();
  }

  long offHeapBytes() {
    return embedding.offHeapBytes();
  }

  @Override
  public void close() {
    embedding.close();
  }

  /**
   * Keeps the user's own items out: of a list all that the user knows, liked or not; of a test only
   * what the user has chosen, since to know its dislikes would be a help.
   */
  private void exclude(UserProfile user, boolean positivesOnly) {
    EdgeHistory history = user.history;
    for (int i = 0; i < history.size(); i++) {
      float weight = history.weight(i);
      if (weight > 0 || (weight == 0 && !positivesOnly)) {
        candidates.exclude(history.item(i));
      }
    }
  }

  /**
   * The rank of an item by its number of users, under the rules of {@link #test}: the yardstick
   * that needs no learning.
   *
   * @return the rank from 1, or 0 where the item is not ranked
   */
  int popularityRank(UserProfile user, int tested) {
    if (tested < 0 || !items.candidate(tested)) {
      return 0;
    }
    int rank = 1;
    int n = items.size();
    for (int item = 0; item < n; item++) {
      if (outranks(item, tested)) {
        rank++;
      }
    }
    EdgeHistory history = user.history;
    for (int i = 0; i < history.size(); i++) {
      if (history.weight(i) > 0 && outranks(history.item(i), tested)) {
        rank--;
      }
    }
    return rank;
  }

  private boolean outranks(int item, int tested) {
    long more = items.degree(item) - items.degree(tested);
    return (more > 0 || (more == 0 && item < tested)) && items.candidate(item);
  }
}
