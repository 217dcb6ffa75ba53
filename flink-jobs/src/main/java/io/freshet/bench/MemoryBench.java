// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

import io.freshet.model.ModelOptions;
import io.freshet.model.OnlineModel;
import io.freshet.model.SplitMix;
import io.freshet.model.UserProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a learner holds of an item and of a user, by how much the reachable part of the heap grows
 * with many of them.
 */
public final class MemoryBench {

  private static final long TIME = 1_700_000_000_000L;

  /** Items that are met often, so that each has all the companions that it may have. */
  private static final int FULL_ITEMS = 2000;

  private static final int EVENTS_PER_FULL_ITEM = 60;
  private static final int LIST = 20;

  private final ModelOptions defaults = ModelOptions.defaults();
  private final long seed;
  private final Consumer<String> progress;

  /**
   * @param bytes of heap that one takes
   * @param offHeapBytes beside the heap
   * @param bound the option that bounds how many there are
   */
  public record Row(String what, double bytes, double offHeapBytes, String bound) {}

  /**
   * @param progress told what is being measured
   */
  public MemoryBench(long seed, Consumer<String> progress) {
    this.seed = seed;
    this.progress = progress;
  }

  /** Bytes of heap that a run with so many items needs. */
  public static double bytes(int items) {
    return 1100.0 * items + 100e6;
  }

  /**
   * Measures items.
   *
   * @param items how many without companions; the larger, the less does growing arrays count
   */
  public List<Row> items(int items) {
    List<Row> rows = new ArrayList<>();
    progress.accept("items without companions");
    rows.add(item("item", items, model -> new Catalogue(model, seed).takeEach(items)));
    progress.accept("items with all companions");
    rows.add(
        item(
            "item with " + defaults.companions() + " companions",
            FULL_ITEMS,
            this::fillWithCompanions));
    return rows;
  }

  /** Measures users of so many edges, in memory. */
  public List<Row> users(List<Integer> degrees) {
    List<Row> rows = new ArrayList<>();
    for (int degree : degrees) {
      progress.accept("users of " + degree + " edges");
      int count = Math.max(100, 200_000 / Math.max(1, degree));
      UserProfile[] users = new UserProfile[count];
      long before = Heap.reachableBytes();
      for (int u = 0; u < count; u++) {
        users[u] = user("user-" + u, degree);
      }
      double bytes = (double) (Heap.reachableBytes() - before) / users.length;
      rows.add(new Row("user of " + degree + " edges", bytes, 0, "learner.cache.users"));
    }
    return rows;
  }

  /** A user of so many edges and a list, as it comes from state. */
  public UserProfile user(String id, int degree) {
    int[] items = new int[degree];
    long[] times = new long[degree];
    float[] weights = new float[degree];
    for (int e = 0; e < degree; e++) {
      items[e] = e;
      times[e] = TIME + e;
      weights[e] = 1;
    }
    return UserProfile.restore(
        id,
        new float[defaults.dim()],
        0,
        0,
        0,
        degree,
        items,
        times,
        weights,
        degree,
        new int[LIST],
        TIME,
        TIME);
  }

  private Row item(String what, int count, Consumer<OnlineModel> fill) {
    long before = Heap.reachableBytes();
    try (OnlineModel model = new OnlineModel(Catalogue.options(count).build())) {
      fill.accept(model);
      copyToLists(model);
      long bytes = Heap.reachableBytes() - before;
      return new Row(
          what,
          (double) bytes / model.items().count(),
          (double) model.offHeapBytes() / model.items().count(),
          "items.max");
    }
  }

  private void fillWithCompanions(OnlineModel model) {
    SplitMix random = new SplitMix(seed);
    for (int i = 0; i < FULL_ITEMS; i++) {
      model.items().indexOrAdd("item-" + i);
    }
    int taken = FULL_ITEMS / 4;
    int users = FULL_ITEMS * EVENTS_PER_FULL_ITEM / taken;
    for (int u = 0; u < users; u++) {
      UserProfile user = new UserProfile("user-" + u, model.options());
      for (int e = 0; e < taken; e++) {
        model.observe(user, random.nextInt(FULL_ITEMS), 1, TIME + e);
      }
      model.learn();
    }
  }

  /** Has the rows copied to where lists are made from. */
  private static void copyToLists(OnlineModel model) {
    UserProfile reader = new UserProfile("reader", model.options());
    model.rank(new UserProfile[] {reader}, 1, LIST, true, null);
  }
}
