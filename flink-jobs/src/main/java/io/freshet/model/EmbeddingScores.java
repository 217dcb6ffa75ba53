// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import io.freshet.kernel.DenseScorer;
import io.freshet.kernel.Kernels;
import io.freshet.kernel.Pruning;
import io.freshet.kernel.PruningScorer;
import io.freshet.kernel.ScoredRows;
import java.util.Arrays;

/**
 * What users' embeddings say of the items. The rows carry, behind an item's own values, its
 * popularity and a mask, so one product gives the score: {@code [embedding, bias, popularity,
 * degree, mask] . [user, 1, prior, prior, 1]}.
 */
final class EmbeddingScores implements AutoCloseable {

  /** Users in one call at most. */
  static final int BATCH = 64;

  /** Times the candidates that are wanted of them: rows looked at in however small a table. */
  private static final int LEAST_ROWS_PER_CANDIDATE = 4;

  private final ModelOptions options;
  private final ItemTable items;
  private final UserRow userRow;
  private final PruningScorer scorer;
  private final int width;
  private final float[] row;
  private final float[] vectors;

  EmbeddingScores(ModelOptions options, ItemTable items) {
    this.options = options;
    this.items = items;
    this.userRow = new UserRow(options, items);
    this.width = options.width() + 3;
    this.row = new float[width];
    this.vectors = new float[BATCH * width];
    float[] columnWeights = new float[width];
    Arrays.fill(columnWeights, 0, options.dim(), 1);
    priors(columnWeights, 0);
    this.scorer =
        new PruningScorer(
            Kernels.cpu(),
            options.scratchFloats(),
            new Pruning(
                options.exactUpTo(),
                options.scan(),
                LEAST_ROWS_PER_CANDIDATE * options.candidates()),
            columnWeights);
  }

  /** Copies the rows that changed since the last call to where they are scored. */
  void refresh() {
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

  /**
   * Hands over the scores of each user in order. Where not all items are scored, the embedding of a
   * cold user, which says nothing, is asked of none.
   *
   * @param count at most {@link #BATCH}
   */
  void of(UserProfile[] users, int count, DenseScorer.Sink sink) {
    if (!scorer.pruned()) {
      for (int b = 0; b < count; b++) {
        vector(users[b], b);
      }
      scorer.score(vectors, count, items.size(), sink);
      return;
    }
    for (int b = 0; b < count; b++) {
      int user = b;
      if (users[b].cold(options)) {
        sink.accept(user, ScoredRows.NONE);
      } else {
        vector(users[b], 0);
        scorer.score(vectors, 1, items.size(), (one, scored) -> sink.accept(user, scored));
      }
    }
  }

  private void vector(UserProfile user, int b) {
    int at = b * width;
    int dim = options.dim();
    if (user.cold(options)) {
      Arrays.fill(vectors, at, at + width, 0);
      vectors[at + dim + 1] = 1;
    } else {
      System.arraycopy(userRow.of(user), 0, vectors, at, dim);
      priors(vectors, at);
    }
    vectors[at + dim + 3] = 1;
  }

  /** What a row's bias, popularity and degree count. */
  private void priors(float[] into, int at) {
    int dim = options.dim();
    into[at + dim] = 1;
    into[at + dim + 1] = options.popularityPrior();
    into[at + dim + 2] = options.degreePrior();
  }

  Retrieval state() {
    return Retrieval.of(scorer.state());
  }

  long offHeapBytes() {
    return scorer.offHeapBytes();
  }

  @Override
  public void close() {
    scorer.close();
  }
}
