// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import io.freshet.kernel.Kernels;
import java.util.Arrays;

/**
 * The row by which a user is scored: its own embedding, and what the {@link StreamEncoder} adds
 * from the latest of its edges. Holds one user at a time.
 */
final class UserRow {

  /** Edges summed over at most, the latest. */
  static final int NEIGHBOURS = 100;

  private static final float LEAST_NORM = 1e-6f;

  private static final int ROUNDS = 24;

  /** Rankformer's margin. */
  private static final double ALPHA = 2;

  private final ModelOptions options;
  private final ItemTable items;
  private final Kernels kernels = Kernels.cpu();
  private final int dim;
  private final float[] fromItems;
  private final float[] row;

  // Of each edge summed over: its item, and by how much its weight grows as beta does.
  private final int[] neighbours = new int[NEIGHBOURS];
  private final float[] slopes = new float[NEIGHBOURS];
  private final float[] cosines = new float[NEIGHBOURS];
  private int count;
  private final float[] thresholdGradient = new float[1];

  UserRow(ModelOptions options, ItemTable items) {
    this.options = options;
    this.items = items;
    this.dim = options.dim();
    this.fromItems = new float[dim];
    this.row = new float[dim];
  }

  /** The row, valid until the next call; the user's own embedding itself where nothing is added. */
  float[] of(UserProfile user) {
    if (options.encoder() == StreamEncoder.MF) {
      return user.embedding;
    }
    gather(user.history);
    Arrays.fill(fromItems, 0);
    if (count == 0) {
      return moved(user);
    }
    if (options.encoder() == StreamEncoder.RANKFORMER) {
      addRanked(user.embedding);
    } else {
      addNeighbours(user);
    }
    return moved(user);
  }

  private void addNeighbours(UserProfile user) {
    float norm = norm(user.embedding, 0);
    double beta = Math.tanh(user.threshold);
    for (int n = 0; n < count; n++) {
      int at = neighbours[n] * options.width();
      double weight = 1 / Math.sqrt((double) count * Math.max(1, items.degree(neighbours[n])));
      switch (options.encoder()) {
        case NGAT4REC -> weight *= Math.max(0, cosine(user.embedding, norm, at));
        case TOPKGAT -> {
          double x = Math.exp(cosine(user.embedding, norm, at) - beta);
          weight *= 4 * x / ((1 + x) * (1 + x));
          // d omega / d beta = omega tanh(t / 2), and tanh(t / 2) = (e^t - 1) / (e^t + 1)
          slopes[n] = (float) (weight * (x - 1) / (x + 1));
        }
        case MF, LIGHTGCN, RANKFORMER -> {}
      }
      kernels.axpy(dim, (float) weight, items.rows, at, fromItems, 0);
    }
  }

  /**
   * The sum over all items as one over the user's own and one of which all items share the terms.
   */
  private void addRanked(float[] embedding) {
    ItemSums all = items.sums();
    float norm = norm(embedding, 0);
    double others = Math.max(1, all.count() - count);
    double own = 0;
    for (int n = 0; n < count; n++) {
      cosines[n] = cosine(embedding, norm, neighbours[n] * options.width());
      own += cosines[n];
    }
    double ofPositives = own / count;
    double rest = kernels.dot(dim, embedding, 0, all.ofNormalised, 0) / norm - own;
    double ofNegatives = rest / others;
    double margin = ofPositives + ALPHA;
    double pull = ofPositives - ofNegatives + ALPHA;
    double push = ofNegatives - margin * (all.count() - count) / others;
    double normaliser = Math.max(0, pull) + Math.max(0, -push);
    if (normaliser == 0) {
      return;
    }
    for (int n = 0; n < count; n++) {
      double pulled = (cosines[n] - ofNegatives + ALPHA) / count;
      double weight = pulled - (cosines[n] - margin) / others;
      int at = neighbours[n] * options.width();
      kernels.axpy(dim, (float) (weight / normaliser), items.rows, at, fromItems, 0);
    }
    double share = 1 / (others * normaliser);
    for (int c = 0; c < dim; c++) {
      float factor = (float) (share * embedding[c] / norm);
      kernels.axpy(dim, factor, all.ofProducts, c * dim, fromItems, 0);
    }
    kernels.axpy(dim, (float) (-share * margin), all.ofRows, 0, fromItems, 0);
  }

  /**
   * Leaves out of a user's embedding what the encoder adds to it, so that the row by which the user
   * is scored is what the embedding was: for rows that were trained with the items in them.
   */
  void takeOut(UserProfile user) {
    if (options.encoder() == StreamEncoder.MF) {
      return;
    }
    float[] whole = user.embedding.clone();
    // What is added depends on what it is added to, so the way there is in halves.
    for (int round = 0; round < ROUNDS; round++) {
      of(user);
      for (int c = 0; c < dim; c++) {
        user.embedding[c] += (whole[c] - row[c]) / 2;
      }
    }
  }

  /**
   * The row after the embedding moved, with what the items add as it was at the last {@link #of}.
   */
  float[] moved(UserProfile user) {
    if (options.encoder() == StreamEncoder.MF) {
      return user.embedding;
    }
    for (int c = 0; c < dim; c++) {
      row[c] = user.embedding[c] + fromItems[c];
    }
    return row;
  }

  /**
   * Moves the threshold of the user whose row was asked for last.
   *
   * @param gradient of the row
   */
  void learnThreshold(UserProfile user, float[] gradient) {
    if (options.encoder() != StreamEncoder.TOPKGAT || count == 0) {
      return;
    }
    double sum = 0;
    for (int n = 0; n < count; n++) {
      int at = neighbours[n] * options.width();
      sum += slopes[n] * kernels.dot(dim, gradient, 0, items.rows, at);
    }
    double beta = Math.tanh(user.threshold);
    thresholdGradient[0] = (float) (sum * (1 - beta * beta));
    float[] threshold = {user.threshold};
    user.thresholdAccumulator =
        kernels.adaGrad(
            1,
            options.userLearningRate(),
            thresholdGradient,
            0,
            threshold,
            0,
            user.thresholdAccumulator);
    user.threshold = threshold[0];
  }

  private void gather(EdgeHistory history) {
    count = 0;
    for (int i = history.size() - 1; i >= 0 && count < NEIGHBOURS; i--) {
      if (history.weight(i) > 0) {
        neighbours[count++] = history.item(i);
      }
    }
  }

  private float cosine(float[] embedding, float norm, int at) {
    return kernels.dot(dim, embedding, 0, items.rows, at) / (norm * norm(items.rows, at));
  }

  private float norm(float[] values, int at) {
    return Math.max(LEAST_NORM, (float) Math.sqrt(kernels.dot(dim, values, at, values, at)));
  }
}
