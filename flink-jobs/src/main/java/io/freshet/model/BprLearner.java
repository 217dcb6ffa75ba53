// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import io.freshet.kernel.Kernels;
import java.util.Arrays;

/**
 * Online BPR with replay. Each positive is learned against sampled items, and with it some earlier
 * edges of its user, so that the user does not forget them; users move at once, items at the end of
 * the mini-step.
 */
final class BprLearner {

  private static final int RECENT = 1 << 12;
  private static final int TRIES = 8;

  private final ModelOptions options;
  private final ItemTable items;
  private final BprGradient gradient;
  private final Kernels kernels = Kernels.cpu();
  private final SplitMix random = new SplitMix(0);

  private final float[] userGradient;
  private final int[] negatives;
  private int negativeCount;

  // The latest positives of any user: sampling from them is sampling by recent popularity.
  private final int[] recent = new int[RECENT];
  private long recentCount;

  // Items of the user at hand carry its stamp.
  private int[] stamps = new int[64];
  private int stamp;

  BprLearner(ModelOptions options, ItemTable items) {
    this.options = options;
    this.items = items;
    this.gradient = new BprGradient(options.dim(), options.regularisation());
    this.userGradient = new float[options.dim()];
    this.negatives = new int[options.negatives()];
  }

  /**
   * Learns one positive; the item gradients go to {@code step}.
   *
   * @param weight multiplies the gradient up to {@link ModelOptions#maxWeight()}
   */
  void learn(UserProfile user, int item, float weight, MiniStep step) {
    recent[(int) (recentCount++ % RECENT)] = item;
    if (items.size() < 2) {
      return;
    }
    // From the user's own state, so that other users' events do not change what is drawn.
    random.reseed(
        SplitMix.mix(
            options.seed() ^ SplitMix.hash(user.id()), user.lastSeen * 31 + item + user.degree));
    markOwn(user, item);
    drawNegatives();
    learnEdge(user, item, weight, step);
    EdgeHistory history = user.history;
    int size = history.size();
    for (int r = 0; r < options.replays() && size > 1; r++) {
      int at = replayed(size);
      if (history.weight(at) > 0) {
        learnEdge(user, history.item(at), history.weight(at), step);
      }
    }
    for (int f = 0; f < options.foldInSteps(); f++) {
      int at = replayed(size);
      if (history.weight(at) > 0) {
        foldIn(user, history.item(at), history.weight(at));
      }
    }
  }

  private int replayed(int size) {
    // Uniform draws squared favour the latest, where the user's present taste shows.
    float draw = random.nextFloat();
    return size - 1 - (int) (size * (options.recentReplays() ? draw * draw : draw));
  }

  private void learnEdge(UserProfile user, int item, float weight, MiniStep step) {
    float capped = Math.min(weight, options.maxWeight());
    for (int n = 0; n < negativeCount; n++) {
      int other = negatives[n];
      float strength = capped * error(user, item, other);
      gradient.addItem(-strength, user.embedding, items.rows, item, step.gradient(item));
      gradient.addItem(strength, user.embedding, items.rows, other, step.gradient(other));
      moveUser(user, strength, item, other);
    }
  }

  private void foldIn(UserProfile user, int item, float weight) {
    int other = drawNegative();
    if (other >= 0) {
      float capped = Math.min(weight, options.maxWeight());
      moveUser(user, capped * error(user, item, other), item, other);
    }
  }

  private float error(UserProfile user, int i, int j) {
    // A positive that is new to everyone has no prior yet, rather than the lowest.
    float prior = items.candidate(i) ? items.prior(i) - items.prior(j) : 0;
    return BprGradient.error(gradient.margin(user.embedding, items.rows, i, j) + prior);
  }

  private void moveUser(UserProfile user, float strength, int i, int j) {
    Arrays.fill(userGradient, 0);
    gradient.addUser(strength, user.embedding, items.rows, i, j, userGradient);
    user.accumulator =
        kernels.adaGrad(
            options.dim(),
            options.userLearningRate(),
            userGradient,
            0,
            user.embedding,
            0,
            user.accumulator);
  }

  private void markOwn(UserProfile user, int item) {
    if (items.size() > stamps.length) {
      stamps = Arrays.copyOf(stamps, Math.max(items.size(), stamps.length * 2));
    }
    if (++stamp == 0) {
      Arrays.fill(stamps, 0);
      stamp = 1;
    }
    stamps[item] = stamp;
    EdgeHistory history = user.history;
    for (int i = 0; i < history.size(); i++) {
      stamps[history.item(i)] = stamp;
    }
  }

  private void drawNegatives() {
    negativeCount = 0;
    for (int n = 0; n < negatives.length; n++) {
      int other = drawNegative();
      if (other >= 0) {
        negatives[negativeCount++] = other;
      }
    }
  }

  /** An item that is not the user's own, or -1 if none turned up. */
  private int drawNegative() {
    boolean fromRecent = random.nextFloat() < options.recentNegatives();
    int filled = (int) Math.min(RECENT, recentCount);
    for (int t = 0; t < TRIES; t++) {
      int other = fromRecent ? recent[random.nextInt(filled)] : random.nextInt(items.size());
      if (stamps[other] != stamp && items.candidate(other)) {
        return other;
      }
    }
    return -1;
  }
}
