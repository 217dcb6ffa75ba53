// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import io.freshet.kernel.DenseScorer;
import io.freshet.kernel.Kernels;
import java.util.Arrays;

/**
 * Scores all items for small batches of users and reads ranks and lists off the scores. The rows on
 * the device carry, behind an item's own values, its popularity and a mask, so one product gives
 * the final score: {@code [embedding, bias, popularity, degree, mask] . [user, 1, prior, prior,
 * 1]}.
 */
final class ListRanker implements AutoCloseable {

  private static final int BATCH = 64;

  private final ModelOptions options;
  private final ItemTable items;
  private final Kernels kernels = Kernels.cpu();
  private final DenseScorer scorer;
  private final int width;
  private final float[] row;
  private final float[] vectors;
  private final UserProfile[] batch = new UserProfile[BATCH];

  ListRanker(ModelOptions options, ItemTable items) {
    this.options = options;
    this.items = items;
    this.width = options.width() + 3;
    this.scorer = kernels.newDenseScorer(width, options.scratchFloats());
    this.row = new float[width];
    this.vectors = new float[BATCH * width];
  }

  /** See {@link OnlineModel#test}. */
  void test(UserProfile[] users, int[] tested, int count, int[] ranks) {
    refresh();
    int n = items.size();
    int start = 0;
    while (start < count) {
      int first = start;
      int distinct = 0;
      int end = start;
      while (end < count && (distinct < BATCH || users[end] == batch[distinct - 1])) {
        if (distinct == 0 || users[end] != batch[distinct - 1]) {
          vector(users[end], distinct);
          batch[distinct++] = users[end];
        }
        end++;
      }
      int stop = end;
      int[] next = {first};
      scorer.score(
          vectors,
          distinct,
          n,
          (b, scores) -> {
            maskPositives(batch[b], scores);
            int at = next[0];
            for (; at < stop && users[at] == batch[b]; at++) {
              ranks[at] = tested[at] < 0 ? 0 : kernels.rank(scores, n, tested[at]);
            }
            next[0] = at;
          });
      start = end;
    }
  }

  /** See {@link OnlineModel#rank}. */
  void rank(
      UserProfile[] users,
      int count,
      int k,
      boolean excludeKnown,
      int[][] excluded,
      RankedList[] out) {
    refresh();
    int n = items.size();
    if (n == 0) {
      for (int i = 0; i < count; i++) {
        out[i] = new RankedList(new int[0], new float[0], cold(users[i]));
      }
      return;
    }
    int[] best = new int[k];
    float[] bestScores = new float[k];
    for (int start = 0; start < count; start += BATCH) {
      int from = start;
      int size = Math.min(BATCH, count - start);
      for (int b = 0; b < size; b++) {
        vector(users[start + b], b);
      }
      scorer.score(
          vectors,
          size,
          n,
          (b, scores) -> {
            UserProfile user = users[from + b];
            if (excludeKnown) {
              maskKnown(user, scores);
            }
            if (excluded != null && excluded[from + b] != null) {
              for (int item : excluded[from + b]) {
                scores[item] = Float.NEGATIVE_INFINITY;
              }
            }
            int found = kernels.topK(scores, n, k, best, bestScores);
            out[from + b] =
                new RankedList(
                    Arrays.copyOf(best, found), Arrays.copyOf(bestScores, found), cold(user));
          });
    }
  }

  long offHeapBytes() {
    return scorer.offHeapBytes();
  }

  @Override
  public void close() {
    scorer.close();
  }

  private boolean cold(UserProfile user) {
    return user.degree < options.coldStartEdges();
  }

  /** Copies the rows that changed since the last call to the device. */
  private void refresh() {
    int own = options.width();
    for (int s = 0; s < items.staleCount(); s++) {
      int item = items.staleItem(s);
      System.arraycopy(items.rows, item * own, row, 0, own);
      row[own] = items.relativePopularity(item);
      row[own + 1] = items.degreeBits(item);
      row[own + 2] = items.candidate(item) ? 0 : Float.NEGATIVE_INFINITY;
      scorer.put(item, row, 0);
    }
    items.clearStale();
  }

  private void vector(UserProfile user, int b) {
    int at = b * width;
    int dim = options.dim();
    if (cold(user)) {
      Arrays.fill(vectors, at, at + width, 0);
      vectors[at + dim + 1] = 1;
    } else {
      System.arraycopy(user.embedding, 0, vectors, at, dim);
      vectors[at + dim] = 1;
      vectors[at + dim + 1] = options.popularityPrior();
      vectors[at + dim + 2] = options.degreePrior();
    }
    vectors[at + dim + 3] = 1;
  }

  /** A list shows nothing that the user knows, liked or not. */
  private static void maskKnown(UserProfile user, float[] scores) {
    EdgeHistory history = user.history;
    for (int i = 0; i < history.size(); i++) {
      scores[history.item(i)] = Float.NEGATIVE_INFINITY;
    }
  }

  /**
   * A test ranks against all that the user has not chosen; to know its dislikes would be a help.
   */
  private static void maskPositives(UserProfile user, float[] scores) {
    EdgeHistory history = user.history;
    for (int i = 0; i < history.size(); i++) {
      if (history.weight(i) > 0) {
        scores[history.item(i)] = Float.NEGATIVE_INFINITY;
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
