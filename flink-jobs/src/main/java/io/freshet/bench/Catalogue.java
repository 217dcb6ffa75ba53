// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

import io.freshet.model.ModelOptions;
import io.freshet.model.OnlineModel;
import io.freshet.model.SplitMix;
import io.freshet.model.UserProfile;

/**
 * Fills a model: each item is taken once, by a user of its own, and a crowd takes the popular ones,
 * which by that have companions. An item's popularity follows a power law, as in {@link
 * PowerLawGraph}.
 */
final class Catalogue {

  private static final int LARGEST_CROWD = 2000;
  private static final int ITEMS_PER_MEMBER = 5;
  private static final int TAKEN_BY_MEMBER = 50;
  private static final int STEP = 1000;
  private static final long FIRST_TIME = 1_700_000_000_000L;
  private static final long INTERVAL = 100;

  private final OnlineModel model;
  private final SplitMix random;
  private int events;

  Catalogue(OnlineModel model, long seed) {
    this.model = model;
    this.random = new SplitMix(seed);
  }

  /**
   * Options of a model to be filled, with the steps of learning that cost least: what a list costs
   * and what an item takes do not depend on them.
   */
  static ModelOptions.Builder options(int items) {
    return ModelOptions.builder()
        .itemCapacity(items)
        .maxPendingBytes(0)
        .negatives(1)
        .replays(0)
        .foldInSteps(0);
  }

  /** Has each item taken once, so that none has companions yet. */
  void takeEach(int items) {
    for (int i = 0; i < items; i++) {
      take(new UserProfile("once", model.options()), model.items().indexOrAdd("item-" + i));
    }
    model.learn();
  }

  void fill(int items) {
    takeEach(items);
    int crowd = Math.min(LARGEST_CROWD, items / ITEMS_PER_MEMBER);
    users(Math.min(TAKEN_BY_MEMBER, items / 2), crowd);
  }

  /**
   * New users, who take items in turn.
   *
   * @param degree items that each has taken, at most half of all
   */
  UserProfile[] users(int degree, int count) {
    UserProfile[] users = new UserProfile[count];
    for (int u = 0; u < count; u++) {
      users[u] = new UserProfile("user-" + u, model.options());
    }
    for (int taken = 0; taken < degree; taken++) {
      for (UserProfile user : users) {
        take(user, another(user));
      }
    }
    model.learn();
    return users;
  }

  private int another(UserProfile user) {
    int items = model.items().size();
    int item = PowerLawGraph.rank(items, PowerLawGraph.ITEM_SKEW, random);
    while (user.knows(item)) {
      item = (item + 1) % items;
    }
    return item;
  }

  private void take(UserProfile user, int item) {
    model.observe(user, item, 1, FIRST_TIME + INTERVAL * events++);
    if (events % STEP == 0) {
      model.learn();
    }
  }
}
