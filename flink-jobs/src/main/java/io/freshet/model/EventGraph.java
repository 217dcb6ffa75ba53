// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/** Applies events to the bipartite graph: the user's side at once, the items' side as changes. */
final class EventGraph {

  /** An edge whose weight has come down to this is gone; float sums leave crumbs. */
  private static final float NO_WEIGHT = 1e-6f;

  private final ModelOptions options;

  EventGraph(ModelOptions options) {
    this.options = options;
  }

  Observation observe(UserProfile user, int item, float weight, long time, MiniStep step) {
    user.seenAt(time);
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
      history.insert(item, time, 0, options.historyBound());
    } else if (history.weight(at) == EdgeHistory.SHOWN) {
      history.renew(at, Math.max(time, history.time(at)), 0);
    }
    return Observation.NOTED;
  }

  /** The item was shown to the user, which tells of the item's exposure and of nobody's taste. */
  Observation show(UserProfile user, int item, long time, MiniStep step) {
    user.seenAt(time);
    step.counts(item).met(1, time, options);
    if (user.history.find(item) < 0) {
      user.history.insertShown(item, time, Companions.WIDE, options.historyBound());
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

  private Observation strengthen(
      UserProfile user, int item, float weight, long time, int at, float had, MiniStep step) {
    EdgeHistory history = user.history;
    step.counts(item).took(1, time, options);
    if (had == 0) {
      noteCompanions(history, item, step);
    }
    if (at < 0) {
      history.insert(item, time, weight, options.historyBound());
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
