// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

/**
 * Decayed popularity and item-kNN, each scaled so that its best item scores 1, added with a weight:
 *
 * <pre>score(i) = knn(i) / max knn + weight * popularity(i) / max popularity</pre>
 *
 * <p>A user without history gets the popularity list.
 */
final class Blend implements Baseline {
  private final DecayedPopularity popularity;
  private final ItemKnn knn;
  private final double weight;
  private double[] scores = new double[0];

  Blend(DecayedPopularity popularity, ItemKnn knn, double weight) {
    this.popularity = popularity;
    this.knn = knn;
    this.weight = weight;
  }

  @Override
  public String name() {
    return "blend";
  }

  @Override
  public String setting() {
    return "knn ("
        + knn.setting()
        + ") + "
        + weight
        + " x popularity ("
        + popularity.setting()
        + ")";
  }

  @Override
  public double[] scores(int user, long timeMs, int items) {
    double[] near = knn.scores(user, timeMs, items);
    double[] popular = popularity.scores(user, timeMs, items);
    double nearScale = inverseOfMax(near, items);
    double popularScale = weight * inverseOfMax(popular, items);
    if (scores.length < items) {
      scores = new double[Math.max(items, scores.length * 2)];
    }
    for (int i = 0; i < items; i++) {
      scores[i] = nearScale * near[i] + popularScale * popular[i];
    }
    return scores;
  }

  private static double inverseOfMax(double[] values, int length) {
    double max = 0;
    for (int i = 0; i < length; i++) {
      max = Math.max(max, values[i]);
    }
    return max > 0 ? 1 / max : 0;
  }

  @Override
  public void learn(int user, int item, long timeMs, boolean repeat) {
    popularity.learn(user, item, timeMs, repeat);
    knn.learn(user, item, timeMs, repeat);
  }
}
