// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import io.freshet.kernel.Kernels;

/**
 * All that is known of one item, as its owner keeps it. A replica that applies the same changes in
 * the same order holds the same bits: both call {@link #apply}'s arithmetic.
 */
public final class OwnedItem {

  /** First time seen of an item that nobody has interacted with. */
  public static final long NEVER_FIRST = Long.MAX_VALUE;

  /** Last time seen of an item that nobody has interacted with. */
  public static final long NEVER_LAST = Long.MIN_VALUE;

  float[] embedding;
  float accumulator;
  long degree;
  double popularity;
  long popularityTime;
  long firstSeen;
  long lastSeen;
  boolean hidden;

  private OwnedItem() {}

  /** An item that nobody has interacted with; the embedding is taken over, not copied. */
  static OwnedItem unseen(float[] embedding) {
    return of(embedding, 0, 0, 0, 0, NEVER_FIRST, NEVER_LAST, false);
  }

  /** A row as it was stored; the embedding is taken over, not copied. */
  public static OwnedItem of(
      float[] embedding,
      float accumulator,
      long degree,
      double popularity,
      long popularityTime,
      long firstSeen,
      long lastSeen,
      boolean hidden) {
    OwnedItem row = new OwnedItem();
    row.embedding = embedding;
    row.accumulator = accumulator;
    row.degree = degree;
    row.popularity = popularity;
    row.popularityTime = popularityTime;
    row.firstSeen = firstSeen;
    row.lastSeen = lastSeen;
    row.hidden = hidden;
    return row;
  }

  /** Applies one learner's change; changes of one learner must come in their sequence. */
  public void apply(ItemChange change, ModelOptions options) {
    if (change.gradient() != null) {
      accumulator = step(change.gradient(), embedding, 0, accumulator, options);
    }
    degree = Math.max(0, degree + change.degreeDelta());
    if (change.popularity() != 0) {
      popularity = countAfter(popularity, popularityTime, change, options);
      popularityTime = Math.max(popularityTime, change.popularityTime());
    }
    firstSeen = Math.min(firstSeen, change.firstSeen());
    lastSeen = Math.max(lastSeen, change.lastSeen());
  }

  /** The learnt values, {@link ModelOptions#width()} of them; live, not a copy. */
  public float[] embedding() {
    return embedding;
  }

  public float accumulator() {
    return accumulator;
  }

  public long degree() {
    return degree;
  }

  /** Decayed count of positives, as worth at {@link #popularityTime()}. */
  public double popularity() {
    return popularity;
  }

  public long popularityTime() {
    return popularityTime;
  }

  public long firstSeen() {
    return firstSeen;
  }

  public long lastSeen() {
    return lastSeen;
  }

  public boolean hidden() {
    return hidden;
  }

  public void setHidden(boolean hidden) {
    this.hidden = hidden;
  }

  static float step(float[] gradient, float[] rows, int offset, float acc, ModelOptions options) {
    return Kernels.cpu()
        .adaGrad(options.width(), options.itemLearningRate(), gradient, 0, rows, offset, acc);
  }

  static double countAfter(double value, long time, ItemChange change, ModelOptions options) {
    return DecayedCount.add(
        value,
        time,
        change.popularity(),
        change.popularityTime(),
        options.popularityHalfLifeMillis());
  }
}
