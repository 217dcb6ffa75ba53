// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.batch;

import io.freshet.model.loss.RankingLoss;

/**
 * How an encoder is trained.
 *
 * @param dim values per row
 * @param rate learning rate of Adam
 * @param decay decoupled weight decay; 0 is Adam, above it AdamW
 * @param regularisation strength of the squared norms of the batch's base rows in the loss
 * @param batch edges per step; 0 for all of them in one step per epoch
 * @param negatives sampled negatives per edge, drawn anew each epoch
 * @param loss what is minimised
 * @param contrast what is minimised beside it
 * @param initialDeviation standard deviation of the initial base rows
 * @param seed of initial rows, negatives and the order of edges
 */
public record TrainingOptions(
    int dim,
    double rate,
    double decay,
    double regularisation,
    int batch,
    int negatives,
    RankingLoss loss,
    Contrast contrast,
    double initialDeviation,
    long seed) {

  public TrainingOptions {
    if (dim < 1 || batch < 0 || negatives < 1) {
      throw new IllegalArgumentException(
          "dim and negatives must be positive and batch not negative, are "
              + dim
              + ", "
              + negatives
              + " and "
              + batch);
    }
  }

  /** The same with another loss and learning rate. */
  public TrainingOptions with(RankingLoss otherLoss, double otherRate) {
    return new TrainingOptions(
        dim,
        otherRate,
        decay,
        regularisation,
        batch,
        negatives,
        otherLoss,
        contrast,
        initialDeviation,
        seed);
  }
}
