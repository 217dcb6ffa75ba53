// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.io.Serializable;

/**
 * Everything that can be set about the learner; {@link #defaults()} is one configuration for every
 * stream, and the {@code with} methods replace single values of it.
 *
 * @param dim latent values per embedding
 * @param userLearningRate AdaGrad rate of user embeddings
 * @param itemLearningRate AdaGrad rate of item rows
 * @param regularisation weight of the squared norm of every embedding that a step touches
 * @param initScale standard deviation of an item's initial embedding
 * @param userInitScale standard deviation of a user's initial embedding
 * @param negatives items drawn against each positive
 * @param recentNegatives share of the negatives drawn from the latest positives of all users
 * @param replays earlier edges of the same user that are learned again with each new edge
 * @param foldInSteps further steps per new edge that move only the user, over its latest edges
 * @param recentReplays whether replays favour the user's latest edges
 * @param maxWeight bound on how much an event's weight multiplies its gradient
 * @param historyBound edges kept per user; beyond it the oldest leave
 * @param popularityHalfLifeMillis event time in ms in which a positive loses half of its popularity
 * @param popularityPrior score per doubling of the decayed popularity
 * @param degreePrior score per doubling of the number of users of an item
 * @param coldStartEdges users with fewer positives get the popular items
 * @param seed of initial embeddings and of sampling
 * @param itemCapacity items in the table at most
 * @param scratchFloats bound on the buffer of scores; one user's scores are always held
 * @param maxPendingBytes bound on own item changes kept until their owner confirms them
 */
public record ModelOptions(
    int dim,
    float userLearningRate,
    float itemLearningRate,
    float regularisation,
    float initScale,
    float userInitScale,
    int negatives,
    float recentNegatives,
    int replays,
    int foldInSteps,
    boolean recentReplays,
    float maxWeight,
    int historyBound,
    long popularityHalfLifeMillis,
    float popularityPrior,
    float degreePrior,
    int coldStartEdges,
    long seed,
    int itemCapacity,
    int scratchFloats,
    long maxPendingBytes)
    implements Serializable {

  public ModelOptions {
    require(dim >= 1, "dim", dim, "at least 1");
    require(userLearningRate > 0, "userLearningRate", userLearningRate, "positive");
    require(itemLearningRate > 0, "itemLearningRate", itemLearningRate, "positive");
    require(regularisation >= 0, "regularisation", regularisation, "0 or more");
    require(initScale > 0, "initScale", initScale, "positive");
    require(negatives >= 1, "negatives", negatives, "at least 1");
    require(replays >= 0, "replays", replays, "0 or more");
    require(foldInSteps >= 0, "foldInSteps", foldInSteps, "0 or more");
    require(maxWeight > 0, "maxWeight", maxWeight, "positive");
    require(historyBound >= 1, "historyBound", historyBound, "at least 1");
    require(
        popularityHalfLifeMillis >= 1,
        "popularityHalfLifeMillis",
        popularityHalfLifeMillis,
        "at least 1");
    require(coldStartEdges >= 0, "coldStartEdges", coldStartEdges, "0 or more");
    require(itemCapacity >= 1, "itemCapacity", itemCapacity, "at least 1");
    require(scratchFloats >= 1, "scratchFloats", scratchFloats, "at least 1");
    require(maxPendingBytes >= 0, "maxPendingBytes", maxPendingBytes, "0 or more");
  }

  /** The values that were tuned together over several public streams. */
  public static ModelOptions defaults() {
    return new ModelOptions(
        64,
        0.1f,
        0.05f,
        0.001f,
        0.1f,
        0.1f,
        4,
        0.5f,
        4,
        4,
        true,
        5f,
        1000,
        86_400_000L,
        0.3f,
        0.3f,
        1,
        1L,
        1_000_000,
        4_000_000,
        64L << 20);
  }

  /** These options with room for another number of items. */
  public ModelOptions withItemCapacity(int items) {
    return new ModelOptions(
        dim,
        userLearningRate,
        itemLearningRate,
        regularisation,
        initScale,
        userInitScale,
        negatives,
        recentNegatives,
        replays,
        foldInSteps,
        recentReplays,
        maxWeight,
        historyBound,
        popularityHalfLifeMillis,
        popularityPrior,
        degreePrior,
        coldStartEdges,
        seed,
        items,
        scratchFloats,
        maxPendingBytes);
  }

  /** Values per item row: the embedding, then the item's bias. */
  public int width() {
    return dim + 1;
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + expected + ", is " + value);
    }
  }
}
