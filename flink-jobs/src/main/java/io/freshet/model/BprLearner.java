// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import io.freshet.kernel.Kernels;
import java.util.Arrays;

/**
 * Online BPR with replay. Each positive is learned against sampled items, and with it some earlier
 * edges of its user, so that the user does not forget them; users move at once, items at the end of
 * the mini-step.
 *
 * <p>Most negatives are drawn in proportion to their present popularity, so a score says how much
 * more a user likes an item than others do now; the ranking adds the popularity back (the sampling
 * correction of Yi et al., RecSys 2019). One draw of negatives serves a positive and its replays:
 * every distinct item costs a change that travels to the item's owner.
 */
final class BprLearner {

  /** How many of the latest positives stand for the present popularity. */
  private static final int RECENT = 1 << 12;

  /** Draws before a user who owns nearly everything goes without a negative. */
  private static final int TRIES = 8;

  /** Items that a code prefix must have taken to draw a negative from it. */
  private static final int LEAST_TAKEN = 8;

  private final ModelOptions options;
  private final ItemTable items;
  private final BprGradient gradient;
  private final Kernels kernels = Kernels.cpu();
  private final SplitMix random = new SplitMix(0);

  private final UserRow userRow;
  private final float[] userGradient;
  private final float[] rowGradient;

  // The row of the user at hand.
  private float[] row;
  private int replays;
  private int foldInSteps;
  private final int[] negatives;
  private int negativeCount;

  // The latest positives of any user: sampling from them is sampling by recent popularity.
  private final int[] recent = new int[RECENT];
  private long recentCount;

  // Items of the user at hand carry its stamp.
  private int[] stamps = new int[64];
  private int stamp;

  // Null where negatives are not drawn from what users who share a code prefix took.
  private final PrefixItems prefixes;

  BprLearner(ModelOptions options, ItemTable items, PrefixItems prefixes) {
    this.prefixes = options.hardNegatives() > 0 ? prefixes : null;
    this.options = options;
    this.items = items;
    this.gradient = new BprGradient(options.dim(), options.regularisation());
    this.userRow = new UserRow(options, items);
    this.userGradient = new float[options.dim()];
    this.rowGradient = new float[options.dim()];
    this.negatives = new int[options.negatives()];
    pace(1);
  }

  /** Sets how much of a user's history is learned again with each positive from now on. */
  void pace(float times) {
    replays = Math.round(times * options.replays());
    foldInSteps = Math.round(times * options.foldInSteps());
  }

  /**
   * Learns one positive; the item gradients go to {@code step}.
   *
   * @param weight multiplies the gradient up to {@link ModelOptions#maxWeight()}
   */
  void learn(UserProfile user, int item, float weight, MiniStep step) {
    recent[(int) (recentCount++ % RECENT)] = item;
    row = null;
    if (items.size() < 2) {
      return;
    }
    // From the user's own state, so that other users' events do not change what is drawn.
    random.reseed(
        SplitMix.mix(
            options.seed() ^ SplitMix.hash(user.id()), user.lastSeen * 31 + item + user.degree));
    markOwn(user, item);
    drawNegatives(user);
    row = userRow.of(user);
    Arrays.fill(rowGradient, 0);
    learnEdge(user, item, weight, step);
    replay(user, step);
    userRow.learnThreshold(user, rowGradient);
  }

  /**
   * The row by which the user who learned last is scored, with the items as they stood before;
   * valid until the next call. Null where there was nothing to learn from.
   */
  float[] row() {
    return row;
  }

  private void replay(UserProfile user, MiniStep step) {
    EdgeHistory history = user.history;
    // Empty if the same mini-step took the positive back.
    if (history.size() == 0) {
      return;
    }
    for (int r = 0; r < replays; r++) {
      int at = drawEdge(history);
      if (history.weight(at) > 0) {
        learnEdge(user, history.item(at), left(user, at), step);
      }
    }
    for (int f = 0; f < foldInSteps; f++) {
      int at = drawEdge(history);
      if (history.weight(at) > 0) {
        foldIn(user, history.item(at), left(user, at));
      }
    }
  }

  /** An edge's weight as it stands when its user was last seen. */
  private float left(UserProfile user, int at) {
    EdgeHistory history = user.history;
    return options.forgetting().left(history.weight(at), user.lastSeen - history.time(at));
  }

  private int drawEdge(EdgeHistory history) {
    // A uniform draw squared favours the latest, where the user's present taste shows.
    float draw = random.nextFloat();
    return history.size() - 1 - (int) (history.size() * draw * draw);
  }

  private void learnEdge(UserProfile user, int item, float weight, MiniStep step) {
    float capped = Math.min(weight, options.maxWeight());
    for (int n = 0; n < negativeCount; n++) {
      int other = negatives[n];
      float strength = capped * error(item, other);
      gradient.addItem(-strength, row, items.rows, item, step.gradient(item));
      gradient.addItem(strength, row, items.rows, other, step.gradient(other));
      moveUser(user, strength, item, other);
    }
  }

  private void foldIn(UserProfile user, int item, float weight) {
    // A draw of its own: with the shared negatives the user would turn away from those few only.
    int other = drawNegative();
    if (other >= 0) {
      float capped = Math.min(weight, options.maxWeight());
      moveUser(user, capped * error(item, other), item, other);
    }
  }

  private float error(int i, int j) {
    return BprGradient.error(gradient.margin(row, items.rows, i, j));
  }

  private void moveUser(UserProfile user, float strength, int i, int j) {
    gradient.row(strength, items.rows, i, j, userGradient);
    kernels.axpy(options.dim(), 1, userGradient, 0, rowGradient, 0);
    gradient.addRegularisation(user.embedding, userGradient);
    user.accumulator =
        kernels.adaGrad(
            options.dim(),
            options.userLearningRate(),
            userGradient,
            0,
            user.embedding,
            0,
            user.accumulator);
    row = userRow.moved(user);
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
      if (history.weight(i) >= 0) {
        stamps[history.item(i)] = stamp;
      }
    }
  }

  private void drawNegatives(UserProfile user) {
    negativeCount = 0;
    for (int n = 0; n < negatives.length; n++) {
      int other = hardNegative(user);
      if (other < 0) {
        other = drawNegative();
      }
      if (other >= 0) {
        negatives[negativeCount++] = other;
      }
    }
  }

  /**
   * An item that users of the same code prefix took and this one did not, or -1 if none is drawn.
   */
  private int hardNegative(UserProfile user) {
    if (prefixes == null || random.nextFloat() >= options.hardNegatives()) {
      return -1;
    }
    for (int l = prefixes.levels() - 1; l >= 0; l--) {
      PrefixItems.Group group = prefixes.group(user.codes(), l);
      if (group != null && group.size() >= LEAST_TAKEN) {
        int other = group.item(random.nextInt(group.size()));
        return stamps[other] != stamp && items.candidate(other) ? other : -1;
      }
    }
    return -1;
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
