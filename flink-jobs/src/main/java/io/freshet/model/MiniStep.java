// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;

/**
 * Gathers what a mini-step does to each item, one entry per distinct item in the order of first
 * touch, so that an item's row is stepped, sent and returned once however many edges touched it.
 */
final class MiniStep {

  private final int width;
  private final long halfLife;

  // Position + 1 of an item's entry, by item.
  private int[] entryOf = new int[64];

  private int size;
  private int[] items = new int[64];
  private float[][] gradients = new float[64][];
  private int[] degreeDeltas = new int[64];
  private double[] popularity = new double[64];
  private long[] popularityTimes = new long[64];
  private long[] firstSeen = new long[64];
  private long[] lastSeen = new long[64];

  MiniStep(ModelOptions options) {
    this.width = options.width();
    this.halfLife = options.popularityHalfLifeMillis();
  }

  int size() {
    return size;
  }

  /** The gradient that the step gathers for an item, zero at first. */
  float[] gradient(int item) {
    int entry = entry(item);
    if (gradients[entry] == null) {
      gradients[entry] = new float[width];
    }
    return gradients[entry];
  }

  void seen(int item, long time) {
    int entry = entry(item);
    firstSeen[entry] = Math.min(firstSeen[entry], time);
    lastSeen[entry] = Math.max(lastSeen[entry], time);
  }

  void degree(int item, int delta) {
    degreeDeltas[entry(item)] += delta;
  }

  void popularity(int item, double amount, long time) {
    int entry = entry(item);
    if (popularity[entry] == 0) {
      popularity[entry] = amount;
      popularityTimes[entry] = time;
      return;
    }
    long at = Math.max(time, popularityTimes[entry]);
    popularity[entry] =
        DecayedCount.at(popularity[entry], popularityTimes[entry], at, halfLife)
            + DecayedCount.at(amount, time, at, halfLife);
    popularityTimes[entry] = at;
  }

  /** The changes gathered since the last call, which starts the next step. */
  ItemChange[] drain(long sequence) {
    ItemChange[] changes = new ItemChange[size];
    for (int i = 0; i < size; i++) {
      changes[i] =
          new ItemChange(
              items[i],
              sequence,
              gradients[i],
              degreeDeltas[i],
              popularity[i],
              popularityTimes[i],
              firstSeen[i],
              lastSeen[i]);
      gradients[i] = null;
      entryOf[items[i]] = 0;
    }
    size = 0;
    return changes;
  }

  private int entry(int item) {
    if (item >= entryOf.length) {
      entryOf = Arrays.copyOf(entryOf, Math.max(item + 1, entryOf.length * 2));
    }
    if (entryOf[item] != 0) {
      return entryOf[item] - 1;
    }
    if (size == items.length) {
      grow(size * 2);
    }
    int entry = size++;
    entryOf[item] = size;
    items[entry] = item;
    degreeDeltas[entry] = 0;
    popularity[entry] = 0;
    popularityTimes[entry] = 0;
    firstSeen[entry] = OwnedItem.NEVER_FIRST;
    lastSeen[entry] = OwnedItem.NEVER_LAST;
    return entry;
  }

  private void grow(int capacity) {
    items = Arrays.copyOf(items, capacity);
    gradients = Arrays.copyOf(gradients, capacity);
    degreeDeltas = Arrays.copyOf(degreeDeltas, capacity);
    popularity = Arrays.copyOf(popularity, capacity);
    popularityTimes = Arrays.copyOf(popularityTimes, capacity);
    firstSeen = Arrays.copyOf(firstSeen, capacity);
    lastSeen = Arrays.copyOf(lastSeen, capacity);
  }
}
