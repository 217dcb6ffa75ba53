// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;

/**
 * Rows that were trained before the stream began, and the edges they were trained on; whatever is
 * not among them starts from a hash. Flat arrays that nobody changes: the learners of a process
 * share them. An item takes {@code 4 dim + 4} bytes, a user {@code 4 dim + 4}, an edge 8, each with
 * its id on top.
 *
 * <p>The edges count as if all had happened at one moment, the time of the tables: an item's
 * popularity is its number of users then, and decays from there.
 */
public final class TrainedRows implements InitialRows {

  private final ModelOptions options;
  private final InitialRows others;
  private final long time;

  private final IdIndex items;
  private final float[] itemRows;
  private final int[] degrees;

  private final IdIndex users;
  private final float[] userRows;
  // A user's edges: distinct items, those named last at the end.
  private final int[] start;
  private final int[] edges;
  private final float[] weights;

  private TrainedRows(Builder from) {
    options = from.options;
    others = InitialRows.hashed(from.options);
    time = from.time;
    items = from.items;
    itemRows = from.itemRows;
    degrees = from.degrees;
    users = from.users;
    userRows = from.userRows;
    start = from.start;
    edges = Arrays.copyOf(from.edges, start[users.size()]);
    weights = Arrays.copyOf(from.weights, edges.length);
  }

  /**
   * Starts gathering rows.
   *
   * @param time event time up to which the rows know the world, ms
   * @param items how many items will come
   * @param users how many users will come
   */
  public static Builder builder(ModelOptions options, long time, int items, int users) {
    return new Builder(options, time, items, users);
  }

  @Override
  public OwnedItem item(String id) {
    int item = items.find(id);
    if (item < 0) {
      return others.item(id);
    }
    float[] row = new float[options.width()]; // the bias behind the embedding stays 0
    System.arraycopy(itemRows, item * options.dim(), row, 0, options.dim());
    return OwnedItem.of(
        row,
        0,
        ItemCounts.ofUsers(options, degrees[item], time),
        new CompanionRow(options.companions()),
        false);
  }

  @Override
  public UserProfile user(String id, ItemTable table) {
    int user = users.find(id);
    if (user < 0) {
      return others.user(id, table);
    }
    int from = Math.max(start[user], start[user + 1] - options.historyBound());
    int count = start[user + 1] - from;
    int[] history = new int[count];
    float[] strengths = new float[count];
    int size = 0;
    for (int e = from; e < from + count; e++) {
      int item = table.indexOrAdd(items.id(edges[e]));
      if (item >= 0) {
        history[size] = item;
        table.metAt(item, time);
        strengths[size++] = weights[e];
      }
    }
    long[] times = new long[count];
    Arrays.fill(times, time);
    int at = user * options.dim();
    UserProfile profile =
        UserProfile.restore(
            id,
            Arrays.copyOfRange(userRows, at, at + options.dim()),
            0,
            0,
            0,
            start[user + 1] - start[user],
            history,
            times,
            strengths,
            size,
            new int[0],
            Long.MIN_VALUE,
            Long.MIN_VALUE);
    new UserRow(options, table).takeOut(profile);
    return profile;
  }

  @Override
  public boolean knowsUser(String id) {
    return users.find(id) >= 0;
  }

  @Override
  public boolean knowsItem(String id) {
    return items.find(id) >= 0;
  }

  @Override
  public int itemCount() {
    return items.size();
  }

  @Override
  public String itemId(int i) {
    return items.id(i);
  }

  /** Gathers rows: items first, since users name them. */
  public static final class Builder {

    private final ModelOptions options;
    private final long time;
    private final IdIndex items = new IdIndex();
    private final IdIndex users = new IdIndex();
    private final float[] itemRows;
    private final float[] userRows;
    private final int[] degrees;
    private final int[] start;
    private int[] edges = new int[64];
    private float[] weights = new float[64];

    // Where the user at hand has an item: position + 1, or at most where the user's edges start.
    private final int[] positionOf;

    private Builder(ModelOptions options, long time, int itemCount, int userCount) {
      this.options = options;
      this.time = time;
      itemRows = new float[Math.multiplyExact(itemCount, options.dim())];
      userRows = new float[Math.multiplyExact(userCount, options.dim())];
      degrees = new int[itemCount];
      start = new int[userCount + 1];
      positionOf = new int[itemCount];
    }

    /**
     * Adds an item.
     *
     * @param row {@link ModelOptions#dim()} values
     */
    public Builder item(String id, float[] row) {
      requireRow(id, row);
      System.arraycopy(row, 0, itemRows, add(items, id) * options.dim(), row.length);
      return this;
    }

    /**
     * Adds a user.
     *
     * @param row {@link ModelOptions#dim()} values
     * @param edges ids of items that were added, in any number; one that comes again is a stronger
     *     edge
     */
    public Builder user(String id, float[] row, String[] edges) {
      requireRow(id, row);
      int user = add(users, id);
      System.arraycopy(row, 0, userRows, user * options.dim(), row.length);
      start[user + 1] = start[user];
      for (String item : edges) {
        edge(user, item);
      }
      return this;
    }

    private void edge(int user, String id) {
      int item = items.find(id);
      if (item < 0) {
        throw new IllegalArgumentException("no item " + id + " was added");
      }
      if (positionOf[item] > start[user]) {
        weights[positionOf[item] - 1]++;
        return;
      }
      int at = start[user + 1]++;
      if (at == edges.length) {
        edges = Arrays.copyOf(edges, Math.multiplyExact(at, 2));
        weights = Arrays.copyOf(weights, edges.length);
      }
      edges[at] = item;
      weights[at] = 1;
      positionOf[item] = at + 1;
      degrees[item]++;
    }

    private void requireRow(String id, float[] row) {
      if (row.length != options.dim()) {
        throw new IllegalArgumentException(
            "row of " + id + " has " + row.length + " values, not " + options.dim());
      }
    }

    private static int add(IdIndex ids, String id) {
      if (ids.find(id) >= 0) {
        throw new IllegalArgumentException(id + " was added before");
      }
      return ids.add(id);
    }

    /** What was gathered; the builder is of no use afterwards. */
    public TrainedRows build() {
      return new TrainedRows(this);
    }
  }
}
