// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A learner's replica of all items, in flat arrays by a dense index in the order of arrival. Rows
 * are owned elsewhere: the learner applies its own changes at once and keeps them pending, and an
 * owner's row that returns replaces the replica's, with the changes it lacks laid on top again.
 *
 * <p>The index is this replica's alone: anything that outlives it must carry ids. An item that
 * {@link #removeAll left} gives its index to another, so whoever holds indices then must let go of
 * it first.
 */
public final class ItemTable {

  private static final double LEAST_RELATIVE_KEY = -64;
  private static final double MAX_RELATIVE_KEY = 128;

  private final ModelOptions options;
  private final InitialRows initial;
  private final IdIndex ids = new IdIndex();
  private final PendingChanges pending;
  private final Companions companions;
  private final Trending trending;
  private final OwnedItem exchange;
  private final ItemSums sums;
  private final int width;

  // One entry per item; rows holds width values per item, the bias last.
  float[] rows = {};
  private float[] accumulators = {};
  private ItemCounts[] counts = {};
  private double[] exposureKeys = {};
  private float[] degreeBits = {};
  private float[] inverseRootExposures = {};
  private float[] shownRoots = {};
  private boolean[] candidate = {};
  private boolean[] hidden = {};
  private long[] epochs = {};
  private long[] versions = {};
  private long[] companionEpochs = {};
  private long[] companionVersions = {};

  // The latest event time at which each item was met, so far as this replica knows: never falls.
  private long[] met = {};

  // Items whose row is still the initial one.
  private boolean[] untouched = {};

  // Items whose row changed since the scorer last copied it.
  private boolean[] stale = {};
  private int[] staleItems = {};
  private int staleCount;

  private long changes;
  private double keyBase;
  private long latest;

  private long rejected;
  private long outdatedRows;

  ItemTable(ModelOptions options) {
    this(options, InitialRows.hashed(options));
  }

  ItemTable(ModelOptions options, InitialRows initial) {
    this.options = options;
    this.initial = initial;
    this.width = options.width();
    this.sums = new ItemSums(options.dim());
    this.pending = new PendingChanges(options.maxPendingBytes());
    this.companions = new Companions(options.companions());
    this.trending = new Trending(options.halfLives().size(), 2 * options.candidates());
    this.exchange = OwnedItem.unseen(new float[width], options);
    allocate(Math.min(64, options.itemCapacity()));
  }

  /** Bound on the indices: they are 0 to size - 1. */
  public int size() {
    return ids.size();
  }

  /** Items in the table. */
  public int count() {
    return ids.count();
  }

  /** The index of an item, or -1 if the table does not have it. */
  public int indexOf(String id) {
    return ids.find(id);
  }

  /** The item's id; null where an item left and none has its index since. */
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
    if (ids.count() == options.itemCapacity()) {
      rejected++;
      return -1;
    }
    int item = ids.add(id);
    if (item == counts.length) {
      allocate((int) Math.min(options.itemCapacity(), item * 3L / 2 + 1));
    }
    epochs[item] = Long.MIN_VALUE;
    companionEpochs[item] = Long.MIN_VALUE;
    met[item] = 0;
    take(item, initial.item(id));
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

  /** Notes that an item was met at a time: who still knows of that keeps the item in the table. */
  public void metAt(int item, long time) {
    met[item] = Math.max(met[item], time);
  }

  /** The items that {@link Forgetting} says have left at a moment, but for hidden ones. */
  BitSet gone(long now) {
    BitSet gone = new BitSet();
    for (int item = 0; item < ids.size(); item++) {
      // An order to hide an item holds until another takes it back.
      if (ids.id(item) != null && !hidden[item] && options.forgetting().itemGone(met[item], now)) {
        gone.set(item);
      }
    }
    return gone;
  }

  /** Forgets items; nobody may hold their indices any longer. */
  void removeAll(BitSet gone) {
    for (int item = gone.nextSetBit(0); item >= 0; item = gone.nextSetBit(item + 1)) {
      pending.confirm(item, Long.MAX_VALUE);
      take(item, OwnedItem.unseen(new float[width], options));
      untouched[item] = true; // no state is kept of it
    }
    companions.removeAll(gone);
    ids.removeAll(gone);
  }

  /** Whether an item's row is still the initial one, which is found again without being stored. */
  public boolean untouched(int item) {
    return untouched[item];
  }

  /**
   * Takes over an owner's row unless a newer one was seen, and lays this learner's changes with a
   * later sequence on top.
   *
   * @param row taken over but for its companions, which come by {@link #applyOwnerCompanions}
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
    take(item, row);
    pending.forEach(item, change -> addButCompanions(item, change));
    return true;
  }

  /**
   * Takes over the companions that an owner knows, unless newer ones were seen, and lays this
   * learner's later ones on top. They come apart from the row, before it or after.
   *
   * @param row taken over; indices of this table
   * @param lastSequence last own change that the companions contain
   * @return whether they were newer than what the replica had
   */
  public boolean applyOwnerCompanions(
      int item, long epoch, long version, CompanionRow row, long lastSequence) {
    if (epoch < companionEpochs[item]
        || (epoch == companionEpochs[item] && version < companionVersions[item])) {
      outdatedRows++;
      return false;
    }
    companionEpochs[item] = epoch;
    companionVersions[item] = version;
    companions.replace(item, row);
    pending.forEach(
        item,
        change -> {
          if (change.sequence() > lastSequence && change.companions() != null) {
            companions.add(item, change.companions());
          }
        });
    untouched[item] = false;
    return true;
  }

  /** Applies an own change at once and keeps it until an owner's row contains it. */
  void applyOwn(ItemChange change) {
    addButCompanions(change.item(), change);
    if (change.companions() != null) {
      companions.add(change.item(), change.companions());
    }
    pending.add(change);
  }

  private void addButCompanions(int item, ItemChange change) {
    System.arraycopy(rows, item * width, exchange.embedding, 0, width);
    exchange.accumulator = accumulators[item];
    exchange.counts = counts[item];
    exchange.applyButCompanions(change, options);
    System.arraycopy(exchange.embedding, 0, rows, item * width, width);
    accumulators[item] = exchange.accumulator;
    changed(item);
  }

  /** Takes over a row. */
  private void take(int item, OwnedItem row) {
    System.arraycopy(row.embedding, 0, rows, item * width, width);
    accumulators[item] = row.accumulator;
    counts[item] = row.counts;
    hidden[item] = row.hidden;
    changed(item);
  }

  private void changed(int item) {
    changes++;
    ItemCounts of = counts[item];
    for (int h = 0; h < of.popularity.length; h++) {
      trending.update(h, item, of.key(h, options));
    }
    exposureKeys[item] = of.exposureKey(options);
    latest = Math.max(latest, of.time);
    met[item] = Math.max(met[item], of.time);
    inverseRootExposures[item] = (float) (1 / Math.sqrt(Math.max(1, of.exposures)));
    candidate[item] = !hidden[item] && of.lastSeen != ItemCounts.NEVER_LAST;
    shownRoots[item] = candidate[item] ? inverseRootExposures[item] : 0;
    degreeBits[item] = (float) (Math.log(1.0 + of.degree) / Math.log(2));
    rebase(popularityKey(item));
    untouched[item] = false;
    markStale(item);
  }

  /** Hides an item from every list, or shows it again, ahead of its owner's row. */
  public void setHidden(int item, boolean value) {
    hidden[item] = value;
    changed(item);
  }

  /** The replica's row: the embedding a copy, counts and companions live. */
  public OwnedItem row(int item) {
    CompanionRow before = companions.before(item);
    return OwnedItem.of(
        Arrays.copyOfRange(rows, item * width, (item + 1) * width),
        accumulators[item],
        counts[item],
        before == null ? new CompanionRow(options.companions()) : before,
        hidden[item]);
  }

  /** How often the item was met; live, not a copy. */
  public ItemCounts counts(int item) {
    return counts[item];
  }

  public long degree(int item) {
    return counts[item].degree;
  }

  public boolean hidden(int item) {
    return hidden[item];
  }

  /** Whether lists may show the item: someone has taken it and it is not hidden. */
  public boolean candidate(int item) {
    return candidate[item];
  }

  /** Event time of the latest event on any item, ms; 0 before the first. */
  long latest() {
    return latest;
  }

  /** What goes with what. */
  Companions companions() {
    return companions;
  }

  /** What is taken most of late. */
  Trending trending() {
    return trending;
  }

  /** Sums over all rows, at most as many changes of rows old as there are items. */
  ItemSums sums() {
    sums.refresh(this, changes);
    return sums;
  }

  /** {@code n^-1/2} for n the exposures. */
  float inverseRootExposures(int item) {
    return inverseRootExposures[item];
  }

  /**
   * {@link #inverseRootExposures} of an item that lists may show, 0 of another: one read where a
   * pass over thousands of items would make two.
   */
  float shownRoot(int item) {
    return shownRoots[item];
  }

  /** See {@link ItemCounts#exposureKey}. */
  double exposureKey(int item) {
    return exposureKeys[item];
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
    return (float) Math.max(popularityKey(item) - keyBase, LEAST_RELATIVE_KEY);
  }

  /** By the half-life in the middle. */
  private double popularityKey(int item) {
    return trending.key(options.halfLives().size() / 2, item);
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
    rows = Arrays.copyOf(rows, Math.multiplyExact(capacity, width));
    accumulators = Arrays.copyOf(accumulators, capacity);
    counts = Arrays.copyOf(counts, capacity);
    exposureKeys = Arrays.copyOf(exposureKeys, capacity);
    degreeBits = Arrays.copyOf(degreeBits, capacity);
    inverseRootExposures = Arrays.copyOf(inverseRootExposures, capacity);
    shownRoots = Arrays.copyOf(shownRoots, capacity);
    candidate = Arrays.copyOf(candidate, capacity);
    hidden = Arrays.copyOf(hidden, capacity);
    epochs = Arrays.copyOf(epochs, capacity);
    versions = Arrays.copyOf(versions, capacity);
    companionEpochs = Arrays.copyOf(companionEpochs, capacity);
    companionVersions = Arrays.copyOf(companionVersions, capacity);
    met = Arrays.copyOf(met, capacity);
    untouched = Arrays.copyOf(untouched, capacity);
    stale = Arrays.copyOf(stale, capacity);
    staleItems = Arrays.copyOf(staleItems, capacity);
  }
}
