// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/** Applies events to the bipartite graph: the user's side at once, the items' side as changes. */
final class EventGraph {

  /** An edge whose weight has come down to this is gone; float sums leave crumbs. */
  private static final float NO_WEIGHT = 1e-6f;

  private final ModelOptions options;
  private final ItemTable items;

  EventGraph(ModelOptions options, ItemTable items) {
    this.options = options;
    this.items = items;
  }

  Observation observe(UserProfile user, int item, float weight, long time, MiniStep step) {
    user.lastSeen = Math.max(user.lastSeen, time);
    EdgeHistory history = user.history;
    int at = history.find(item);
    float had = at < 0 ? 0 : history.weight(at);
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
    }
    return Observation.NOTED;
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
    step.seen(item, time);
    step.popularity(item, 1, time);
    if (at < 0) {
      history.insert(item, time, weight, options.historyBound());
    } else {
      history.renew(at, Math.max(time, history.time(at)), had + weight);
    }
    if (had > 0) {
      return Observation.REPEATED_EDGE;
    }
    user.degree++;
    step.degree(item, 1);
    return Observation.NEW_EDGE;
  }

  private void takeBack(UserProfile user, int item, long time, MiniStep step) {
    user.degree = Math.max(0, user.degree - 1);
    step.degree(item, -1);
    step.popularity(item, -1, time);
  }
}
