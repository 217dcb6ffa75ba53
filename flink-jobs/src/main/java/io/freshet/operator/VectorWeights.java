// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.UserProfile;

/**
 * What a user's vector weighs for the codebooks: the more, the longer ago the user was last seen.
 * The weight is the b-th power of the time since the user was given its codes, over the mean of
 * such times (interval-weighted EMA, as in streaming vector quantisation, arXiv 2501.08695).
 */
final class VectorWeights {
  /** What the mean keeps of its past with each further interval. */
  private static final double MEMORY = 0.999;

  private static final double MOST = 8;

  private final float power;
  private double mean;
  private float[] weights = {};

  /**
   * @param power b, 0 to 1; 0 for even weights
   */
  VectorWeights(float power) {
    this.power = power;
  }

  /** Weights by user, valid until the next call; null where all are 1. */
  float[] of(UserProfile[] users, int count) {
    if (power == 0) {
      return null;
    }
    if (weights.length < count) {
      weights = new float[2 * count];
    }
    for (int i = 0; i < count; i++) {
      weights[i] = users[i].codes().length == 0 ? 1 : weight(users[i]);
    }
    return weights;
  }

  private float weight(UserProfile user) {
    double interval = Math.max(1, user.lastSeen() - user.codesTime());
    mean = mean == 0 ? interval : MEMORY * mean + (1 - MEMORY) * interval;
    return (float) Math.min(MOST, Math.pow(interval / mean, power));
  }
}
