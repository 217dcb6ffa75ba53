// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;

/**
 * A learner's replica of all items, in flat arrays by a dense index in the order of arrival. Rows
 * are owned elsewhere: the learner applies its own changes at once and keeps them pending, and an
 * owner's row that returns replaces the replica's, with the changes it lacks laid on top again.
 *
 * <p>The index is this replica's alone: anything that outlives it must carry ids.
 */
public final class ItemTable {

  private static final double LEAST_RELATIVE_KEY = -64;
  private static final double MAX_RELATIVE_KEY = 128;

  private final ModelOptions options;
  private final InitialRows initial;
  private final IdIndex ids = new IdIndex();
  private final PendingChanges pending;
  private final OwnedItem exchange;
  private final int width;

  // One entry per item; rows holds width values per item, the bias last.
  float[] rows;
  private float[] accumulators;
  private long[] degrees;
  private double[] popularity;
  private long[] popularityTime;
  private double[] popularityKey;
  private float[] degreeBits;
  private long[] firstSeen;
  private long[] lastSeen;
  private boolean[] hidden;
  private long[] epochs;
  private long[] versions;

  // Items whose row is still the initial one.
  private boolean[] untouched;

  // Items whose row changed since the scorer last copied it.
  private boolean[] stale;
  private int[] staleItems;
  private int staleCount;

  private double keyBase;

  private long rejected;
  private long outdatedRows;

  ItemTable(ModelOptions options) {
    this(options, InitialRows.hashed(options));
  }

  ItemTable(ModelOptions options, InitialRows initial) {
    this.options = options;
    this.initial = initial;
    this.width = options.width();
    this.pending = new PendingChanges(options.maxPendingBytes());
    this.exchange = OwnedItem.unseen(new float[width]);
    allocate(Math.min(64, options.itemCapacity()));
  }

  /** Items in the table; indices are 0 to size - 1. */
  public int size() {
    return ids.size();
  }

  /** The index of an item, or -1 if the table does not have it. */
  public int indexOf(String id) {
    return ids.find(id);
  }

  public String idOf(int item) {
    return ids.id(item);
  }

  /** Epoch of the owner's row last taken over; {@link Long#MIN_VALUE} before the first. */
  public long epoch(int item) {
    return epochs[item];
  }

  /** Version of the owner's row last taken over. */
  public long version(int item) {
    return versions[item];
  }

  /**
   * The index of an item, which is added with its initial row if it is new.
   *
   * @return the index, or -1 (and one more in {@link #rejected()}) when the table is full
   */
  public int indexOrAdd(String id) {
    int known = ids.find(id);
    if (known >= 0) {
      return known;
    }
    if (ids.size() == options.itemCapacity()) {
      rejected++;
      return -1;
    }
    int item = ids.add(id);
    if (item == degrees.length) {
      allocate((int) Math.min(options.itemCapacity(), item * 3L / 2 + 1));
    }
    epochs[item] = Long.MIN_VALUE;
    popularityKey[item] = key(item);
    store(item, initial.item(id));
    untouched[item] = true;
    return item;
  }

  /**
   * Adds all items of which something is known, as far as they fit, so that lists may show them.
   */
  public void addKnown() {
    for (int i = 0; i < initial.itemCount(); i++) {
      indexOrAdd(initial.itemId(i));
    }
  }

  /** Whether an item's row is still the initial one, which is found again without being stored. */
  public boolean untouched(int item) {
    return untouched[item];
  }

  /**
   * Takes over an owner's row unless a newer one was seen, and lays this learner's changes with a
   * later sequence on top.
   *
   * @param row read, not kept
   * @param lastSequence last own change that the row contains; everything up to it is forgotten.
   *     {@link Long#MIN_VALUE} if the row contains none
   * @return whether the row was newer than what the replica had
   */
  public boolean applyOwnerRow(
      int item, long epoch, long version, OwnedItem row, long lastSequence) {
    if (row.embedding.length != width) {
      throw new IllegalArgumentException(
          "row of " + ids.id(item) + " has " + row.embedding.length + " values, not " + width);
    }
    if (epoch < epochs[item] || (epoch == epochs[item] && version < versions[item])) {
      outdatedRows++;
      return false;
    }
    epochs[item] = epoch;
    versions[item] = version;
    pending.confirm(item, lastSequence);
    System.arraycopy(row.embedding, 0, exchange.embedding, 0, width);
    exchange.accumulator = row.accumulator;
    exchange.degree = row.degree;
    exchange.popularity = row.popularity;
    exchange.popularityTime = row.popularityTime;
    exchange.firstSeen = row.firstSeen;
    exchange.lastSeen = row.lastSeen;
    exchange.hidden = row.hidden;
    pending.replay(item, exchange, options);
    store(item, exchange);
    return true;
  }

  /** Applies an own change at once and keeps it until an owner's row contains it. */
  void applyOwn(ItemChange change) {
    load(change.item());
    exchange.apply(change, options);
    store(change.item(), exchange);
    pending.add(change);
  }

  /** Hides an item from every list, or shows it again, ahead of its owner's row. */
  public void setHidden(int item, boolean value) {
    hidden[item] = value;
    untouched[item] = false;
    markStale(item);
  }

  /** A copy of the replica's row. */
  public OwnedItem row(int item) {
    return OwnedItem.of(
        Arrays.copyOfRange(rows, item * width, (item + 1) * width),
        accumulators[item],
        degrees[item],
        popularity[item],
        popularityTime[item],
        firstSeen[item],
        lastSeen[item],
        hidden[item]);
  }

  public long degree(int item) {
    return degrees[item];
  }

  public boolean hidden(int item) {
    return hidden[item];
  }

  public long firstSeen(int item) {
    return firstSeen[item];
  }

  public long lastSeen(int item) {
    return lastSeen[item];
  }

  /** Whether lists may show the item: someone has interacted with it and it is not hidden. */
  public boolean candidate(int item) {
    return !hidden[item] && lastSeen[item] != OwnedItem.NEVER_LAST;
  }

  /** Orders items by their decayed popularity at any one moment; see {@link DecayedCount}. */
  public double popularityKey(int item) {
    return popularityKey[item];
  }

  /** Decayed popularity at {@code now}. */
  public double popularity(int item, long now) {
    return DecayedCount.at(
        popularity[item], popularityTime[item], now, options.popularityHalfLifeMillis());
  }

  /** New items turned away because the table was full. */
  public long rejected() {
    return rejected;
  }

  /** Owner rows ignored because a newer one had come before. */
  public long outdatedRows() {
    return outdatedRows;
  }

  public int pendingCount() {
    return pending.count();
  }

  public long pendingBytes() {
    return pending.bytes();
  }

  /** Own changes that did not fit into the pending log. */
  public long pendingRefused() {
    return pending.refused();
  }

  /** Popularity in doublings, against a base that is the same for all items. */
  float relativePopularity(int item) {
    return (float) Math.max(popularityKey[item] - keyBase, LEAST_RELATIVE_KEY);
  }

  /** The number of users in doublings. */
  float degreeBits(int item) {
    return degreeBits[item];
  }

  /** Items whose rows changed since the last {@link #clearStale()}. */
  int staleCount() {
    return staleCount;
  }

  int staleItem(int i) {
    return staleItems[i];
  }

  void clearStale() {
    for (int i = 0; i < staleCount; i++) {
      stale[staleItems[i]] = false;
    }
    staleCount = 0;
  }

  private void markStale(int item) {
    if (!stale[item]) {
      stale[item] = true;
      staleItems[staleCount++] = item;
    }
  }

  private double key(int item) {
    return DecayedCount.key(
        popularity[item], popularityTime[item], options.popularityHalfLifeMillis());
  }

  private void load(int item) {
    System.arraycopy(rows, item * width, exchange.embedding, 0, width);
    exchange.accumulator = accumulators[item];
    exchange.degree = degrees[item];
    exchange.popularity = popularity[item];
    exchange.popularityTime = popularityTime[item];
    exchange.firstSeen = firstSeen[item];
    exchange.lastSeen = lastSeen[item];
    exchange.hidden = hidden[item];
  }

  private void store(int item, OwnedItem row) {
    System.arraycopy(row.embedding, 0, rows, item * width, width);
    accumulators[item] = row.accumulator;
    degrees[item] = row.degree;
    firstSeen[item] = row.firstSeen;
    lastSeen[item] = row.lastSeen;
    hidden[item] = row.hidden;
    if (popularity[item] != row.popularity || popularityTime[item] != row.popularityTime) {
      popularity[item] = row.popularity;
      popularityTime[item] = row.popularityTime;
      popularityKey[item] = key(item);
      rebase(popularityKey[item]);
    }
    degreeBits[item] = (float) (Math.log(1.0 + row.degree) / Math.log(2));
    untouched[item] = false;
    markStale(item);
  }

  /** Moves the base of relative popularities near the present, where a float tells them apart. */
  private void rebase(double key) {
    if (key - keyBase > MAX_RELATIVE_KEY) {
      keyBase = key;
      for (int i = 0; i < ids.size(); i++) {
        markStale(i);
      }
    }
  }

  private void allocate(int capacity) {
    if (rows == null) {
      rows = new float[capacity * width];
      accumulators = new float[capacity];
      degrees = new long[capacity];
      popularity = new double[capacity];
      popularityTime = new long[capacity];
      popularityKey = new double[capacity];
      degreeBits = new float[capacity];
      firstSeen = new long[capacity];
      lastSeen = new long[capacity];
      hidden = new boolean[capacity];
      epochs = new long[capacity];
      versions = new long[capacity];
      untouched = new boolean[capacity];
      stale = new boolean[capacity];
      staleItems = new int[capacity];
      return;
    }
    rows = Arrays.copyOf(rows, Math.multiplyExact(capacity, width));
    accumulators = Arrays.copyOf(accumulators, capacity);
    degrees = Arrays.copyOf(degrees, capacity);
    popularity = Arrays.copyOf(popularity, capacity);
    popularityTime = Arrays.copyOf(popularityTime, capacity);
    popularityKey = Arrays.copyOf(popularityKey, capacity);
    degreeBits = Arrays.copyOf(degreeBits, capacity);
    firstSeen = Arrays.copyOf(firstSeen, capacity);
    lastSeen = Arrays.copyOf(lastSeen, capacity);
    hidden = Arrays.copyOf(hidden, capacity);
    epochs = Arrays.copyOf(epochs, capacity);
    versions = Arrays.copyOf(versions, capacity);
    untouched = Arrays.copyOf(untouched, capacity);
    stale = Arrays.copyOf(stale, capacity);
    staleItems = Arrays.copyOf(staleItems, capacity);
  }
}
