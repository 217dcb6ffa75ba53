// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import io.freshet.kernel.Kernels;

/**
 * All that is known of one item, as its owner keeps it. A replica that applies the same changes in
 * the same order holds the same bits: both call {@link #apply}'s arithmetic.
 */
public final class OwnedItem {

  float[] embedding;
  float accumulator;
  ItemCounts counts;
  CompanionRow companions;
  boolean hidden;
  private final EntryChanges companionChanges = new EntryChanges();

  private OwnedItem() {}

  /** An item that nobody has met; the embedding is taken over, not copied. */
  static OwnedItem unseen(float[] embedding, ModelOptions options) {
    return of(embedding, 0, new ItemCounts(options), new CompanionRow(options.companions()), false);
  }

  /**
   * A row as it was stored; what is given is taken over, not copied.
   *
   * @param companions null for a replica's, which keeps them in {@link Companions}
   */
  public static OwnedItem of(
      float[] embedding,
      float accumulator,
      ItemCounts counts,
      CompanionRow companions,
      boolean hidden) {
    OwnedItem row = new OwnedItem();
    row.embedding = embedding;
    row.accumulator = accumulator;
    row.counts = counts;
    row.companions = companions;
    row.hidden = hidden;
    return row;
  }

  /** Applies one learner's change; changes of one learner must come in their sequence. */
  public void apply(ItemChange change, ModelOptions options) {
    applyButCompanions(change, options);
    CompanionRow gained = change.companions();
    for (int i = 0; gained != null && i < gained.size(); i++) {
      int companion = gained.item(i);
      int[] dropped = companions.add(companion, gained.wide(i), gained.near(i));
      if (dropped == null) {
        companionChanges.note(companion, companions.size());
      } else {
        companionChanges.all();
      }
    }
  }

  /** The same for a replica, which keeps companions in {@link Companions}. */
  void applyButCompanions(ItemChange change, ModelOptions options) {
    if (change.gradient() != null) {
      accumulator =
          Kernels.cpu()
              .adaGrad(
                  options.width(),
                  options.itemLearningRate(),
                  change.gradient(),
                  0,
                  embedding,
                  0,
                  accumulator);
    }
    if (change.counts() != null) {
      counts.apply(change.counts(), options);
    }
  }

  /** The learnt values, {@link ModelOptions#width()} of them; live, not a copy. */
  public float[] embedding() {
    return embedding;
  }

  public float accumulator() {
    return accumulator;
  }

  /** How often the item was met; live, not a copy. */
  public ItemCounts counts() {
    return counts;
  }

  /**
   * What users had met before they took the item, by the owner's index of items; live, not a copy.
   */
  public CompanionRow companions() {
    return companions;
  }

  /** What changed of the companions since they were stored. */
  public EntryChanges companionChanges() {
    return companionChanges;
  }

  public boolean hidden() {
    return hidden;
  }

  public void setHidden(boolean hidden) {
    this.hidden = hidden;
  }
}
