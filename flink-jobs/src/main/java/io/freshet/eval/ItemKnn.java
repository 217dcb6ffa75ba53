// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import io.freshet.model.CompanionRow;
import java.util.Arrays;

/**
 * Incremental item-based nearest neighbours. Two items co-occur when one enters a user's history
 * while the other is among that user's last N items. With C the co-occurrence counts, n the item
 * counts and h_0, h_1, ... the user's last N items, newest first,
 *
 * <pre>score(i) = sum_k decay^k C[h_k, i] / (n[h_k]^a n[i]^b)</pre>
 *
 * <p>a = b = 1/2 is the cosine between items (Sarwar et al., WWW 2001), a = 1, b = 0 the
 * conditional probability (Deshpande and Karypis, TOIS 2004). C and n may both forget
 * exponentially. Repeats teach nothing: they are no new co-occurrence.
 *
 * <p>Memory is bounded by {@link #ROW_CAPACITY} companions an item and N items a user.
 */
final class ItemKnn implements Baseline {
  /** Companions kept for one item; a row of this size costs 80 KiB. */
  private static final int ROW_CAPACITY = 4096;

  /** A co-occurrence that has faded to a millionth of a fresh one is forgotten. */
  private static final float FADED = 1e-6f;

  /**
   * @param lastN items of a user that count, when learning and when scoring
   * @param stepDecay weight lost for each item back in the history
   * @param historyPower a, the exponent of the history item's count
   * @param candidatePower b, the exponent of the candidate's count
   * @param halfLifeMs forgetting of co-occurrences and counts; infinite for none
   */
  record Setting(
      int lastN, double stepDecay, double historyPower, double candidatePower, double halfLifeMs) {

    static Setting cosine(int lastN, double stepDecay) {
      return new Setting(lastN, stepDecay, 0.5, 0.5, Double.POSITIVE_INFINITY);
    }

    String label() {
      String forgetting =
          Double.isInfinite(halfLifeMs) ? "" : ", half-life " + Hours.label(halfLifeMs);
      String similarity =
          historyPower == 0.5 && candidatePower == 0.5
              ? "cosine"
              : "a " + historyPower + ", b " + candidatePower;
      return "last " + lastN + ", decay " + stepDecay + ", " + similarity + forgetting;
    }
  }

  private final Setting setting;
  private final EventClock clock;
  private final RecentItems recent;
  private final double[] stepWeights;
  private CompanionRow[] rows = new CompanionRow[0];
  private double[] counts = new double[0];
  private double[] historyScale = new double[0];
  private double[] candidateScale = new double[0];
  private double[] scores = new double[0];

  ItemKnn(Setting setting) {
    this.setting = setting;
    this.clock = new EventClock(setting.halfLifeMs(), EventClock.FLOAT_DOUBLINGS);
    this.recent = new RecentItems(setting.lastN());
    this.stepWeights = new double[setting.lastN()];
    for (int k = 0; k < stepWeights.length; k++) {
      stepWeights[k] = Math.pow(setting.stepDecay(), k);
    }
  }

  @Override
  public String name() {
    return "item-knn";
  }

  @Override
  public String setting() {
    return setting.label();
  }

  @Override
  public double[] scores(int user, long timeMs, int items) {
    reserve(items);
    Arrays.fill(scores, 0, items, 0);
    int history = recent.size(user);
    for (int k = 0; k < history; k++) {
      int item = recent.get(user, k);
      if (rows[item] != null) {
        add(rows[item], stepWeights[k] * historyScale[item]);
      }
    }
    // The common growth of C and n between decays changes all scores by one factor: leave it in.
    if (setting.candidatePower() != 0) {
      for (int item = 0; item < items; item++) {
        scores[item] *= candidateScale[item];
      }
    }
    return scores;
  }

  private void add(CompanionRow row, double factor) {
    for (int i = 0; i < row.size(); i++) {
      scores[row.item(i)] += factor * row.wide(i);
    }
  }

  @Override
  public void learn(int user, int item, long timeMs, boolean repeat) {
    if (repeat) {
      return;
    }
    reserve(item + 1);
    if (clock.isFull(timeMs)) {
      forget(clock.rebase(timeMs));
    }
    float weight = (float) clock.weight(timeMs);
    counts[item] += weight;
    rescale(item);
    int history = recent.size(user);
    for (int k = 0; k < history; k++) {
      int companion = recent.get(user, k);
      row(item).add(companion, weight, 0);
      row(companion).add(item, weight, 0);
    }
    recent.push(user, item);
  }

  private CompanionRow row(int item) {
    if (rows[item] == null) {
      rows[item] = new CompanionRow(ROW_CAPACITY);
    }
    return rows[item];
  }

  private void forget(double factor) {
    for (int item = 0; item < rows.length; item++) {
      counts[item] *= factor;
      rescale(item);
      if (rows[item] != null) {
        rows[item].scale(factor, FADED);
      }
    }
  }

  /** Powers are taken once a change, not once a scored candidate. */
  private void rescale(int item) {
    historyScale[item] = counts[item] > 0 ? Math.pow(counts[item], -setting.historyPower()) : 0;
    candidateScale[item] = counts[item] > 0 ? Math.pow(counts[item], -setting.candidatePower()) : 0;
  }

  private void reserve(int items) {
    if (items > rows.length) {
      int length = Math.max(items, rows.length * 2);
      rows = Arrays.copyOf(rows, length);
      counts = Arrays.copyOf(counts, length);
      historyScale = Arrays.copyOf(historyScale, length);
      candidateScale = Arrays.copyOf(candidateScale, length);
      scores = Arrays.copyOf(scores, length);
    }
  }
}
