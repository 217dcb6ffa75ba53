// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

/**
 * What may be ranked: items 0 to size - 1, numbered by their first positive event, minus the user's
 * own. It stands still while a group is tested.
 */
final class Candidates {
  private final IntRows own = new IntRows();
  private int size;

  int size() {
    return size;
  }

  boolean contains(int item) {
    return item < size;
  }

  boolean isWarm(int user, int item) {
    return contains(item) && own.size(user) > 0;
  }

  void learn(EventGroup group) {
    for (int e = 0; e < group.size(); e++) {
      if (group.isTested(e)) {
        own.append(group.user(e), group.item(e));
        size = Math.max(size, group.item(e) + 1);
      }
    }
  }

  /**
   * 1 + candidates scored higher + candidates of the same score that appeared earlier. A score that
   * is not a number is a miss.
   */
  int rank(double[] scores, int user, int item) {
    double score = scores[item];
    if (Double.isNaN(score)) {
      return QualityTotals.MISS;
    }
    int rank = 1;
    for (int i = 0; i < item; i++) {
      rank += scores[i] >= score ? 1 : 0;
    }
    for (int i = item + 1; i < size; i++) {
      rank += scores[i] > score ? 1 : 0;
    }
    int owned = own.size(user);
    for (int k = 0; k < owned; k++) {
      int i = own.get(user, k);
      rank -= scores[i] > score || (scores[i] == score && i < item) ? 1 : 0;
    }
    return rank;
  }
}
