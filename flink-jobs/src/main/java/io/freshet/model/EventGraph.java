// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/** Applies events to the bipartite graph: the user's side at once, the items' side as changes. */
final class EventGraph {

  /** An edge whose weight has come down to this is gone; float sums leave crumbs. */
  private static final float NO_WEIGHT = 1e-6f;

  private final ModelOptions options;
  private long edgesExpired;

  EventGraph(ModelOptions options) {
    this.options = options;
  }

  Observation observe(UserProfile user, int item, float weight, long time, MiniStep step) {
    user.seenAt(time);
    forget(user, user.lastSeen, step);
    EdgeHistory history = user.history;
    if (weight >= 0) {
      step.counts(item).met(1, time, options);
    }
    int at = history.find(item);
    float had = at < 0 ? 0 : Math.max(0, history.weight(at));
    if (weight > 0) {
      return strengthen(user, item, weight, time, at, had, step);
    }
    if (weight < 0) {
      if (had == 0) {
        return Observation.NOTHING_TO_TAKE_BACK;
      }
      if (had + weight > NO_WEIGHT) {
        history.setWeight(at, had + weight);
        return Observation.WEAKENED_EDGE;
      }
      takeBack(user, item, history.time(at), step);
      history.remove(at);
      return Observation.REMOVED_EDGE;
    }
    if (at < 0) {
      insert(user, item, time, 0, step);
    } else if (history.weight(at) == EdgeHistory.SHOWN) {
      history.renew(at, Math.max(time, history.time(at)), 0);
    }
    return Observation.NOTED;
  }

  /** The item was shown to the user, which tells of the item's exposure and of nobody's taste. */
  Observation show(UserProfile user, int item, long time, MiniStep step) {
    user.seenAt(time);
    forget(user, user.lastSeen, step);
    step.counts(item).met(1, time, options);
    if (user.history.find(item) < 0) {
      user.history.trimShown(Companions.WIDE);
      insert(user, item, time, EdgeHistory.SHOWN, step);
    }
    return Observation.SHOWN;
  }

  /** Takes back all of a user's edges that are still in its history, and forgets the user. */
  void erase(UserProfile user, MiniStep step) {
    EdgeHistory history = user.history;
    for (int i = 0; i < history.size(); i++) {
      if (history.weight(i) > 0) {
        takeBack(user, history.item(i), history.time(i), step);
      }
    }
    history.clear();
  }

  /** Takes back the user's edges that are too old at a moment, and forgets what else is. */
  void forget(UserProfile user, long now, MiniStep step) {
    EdgeHistory history = user.history;
    long upTo = options.forgetting().edgesUpTo(now);
    int gone = 0;
    while (gone < history.size() && history.time(gone) <= upTo) {
      gone++;
    }
    forgetOldest(user, gone, step);
  }

  /** Edges that were taken back for their age, or to make room for others. */
  long edgesExpired() {
    return edgesExpired;
  }

  // The positives themselves took place: what is trending forgets them in its own time.
  private void forgetOldest(UserProfile user, int count, MiniStep step) {
    for (int i = 0; i < count; i++) {
      if (user.history.weight(i) > 0) {
        user.degree = Math.max(0, user.degree - 1);
        step.counts(user.history.item(i)).degree--;
        edgesExpired++;
      }
    }
    if (count > 0) {
      user.history.removeOldest(count);
    }
  }

  /**
   * Adds an item to the history. Where edges are forgotten, one that must make room is taken back
   * at once, as nobody would know of it later.
   *
   * @return whether it is there now, or counts without
   */
  private boolean insert(UserProfile user, int item, long time, float weight, MiniStep step) {
    EdgeHistory history = user.history;
    int bound = options.historyBound();
    if (options.forgetting().edges()) {
      if (time <= options.forgetting().edgesUpTo(user.lastSeen)
          || (history.size() >= bound && time < history.time(0))) {
        return false;
      }
      forgetOldest(user, Math.max(0, history.size() - bound + 1), step);
    }
    history.insert(item, time, weight, bound);
    return true;
  }

  private Observation strengthen(
      UserProfile user, int item, float weight, long time, int at, float had, MiniStep step) {
    EdgeHistory history = user.history;
    step.counts(item).took(1, time, options);
    if (had == 0) {
      noteCompanions(history, item, step);
    }
    if (at < 0) {
      if (!insert(user, item, time, weight, step)) {
        return Observation.TOO_OLD;
      }
    } else {
      history.renew(at, Math.max(time, history.time(at)), had + weight);
    }
    if (had > 0) {
      return Observation.REPEATED_EDGE;
    }
    user.degree++;
    step.counts(item).degree++;
    return Observation.NEW_EDGE;
  }

  /** What the user met last, noted items too: they tell where the user was looking. */
  private static void noteCompanions(EdgeHistory history, int item, MiniStep step) {
    int oldest = Math.max(0, history.size() - Companions.WIDE);
    for (int i = history.size() - 1; i >= oldest; i--) {
      if (history.item(i) != item) {
        boolean near = i >= history.size() - Companions.NEAR;
        step.companions(item).add(history.item(i), 1, near ? 1 : 0);
      }
    }
  }

  private void takeBack(UserProfile user, int item, long time, MiniStep step) {
    user.degree = Math.max(0, user.degree - 1);
    step.counts(item).degree--;
    step.counts(item).took(-1, time, options);
  }
}
