// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;

/**
 * Gathers what a mini-step does to each item, one entry per distinct item in the order of first
 * touch, so that an item's row is stepped, sent and returned once however many edges touched it.
 */
final class MiniStep {

  private final ModelOptions options;

  // Position + 1 of an item's entry, by item.
  private int[] entryOf = new int[64];

  private int size;
  private int[] items = new int[64];
  private float[][] gradients = new float[64][];
  private ItemCounts[] counts = new ItemCounts[64];
  private CompanionRow[] companions = new CompanionRow[64];

  MiniStep(ModelOptions options) {
    this.options = options;
  }

  int size() {
    return size;
  }

  /** The gradient that the step gathers for an item, zero at first. */
  float[] gradient(int item) {
    int entry = entry(item);
    if (gradients[entry] == null) {
      gradients[entry] = new float[options.width()];
    }
    return gradients[entry];
  }

  /** What the step adds to an item's counts, nothing at first. */
  ItemCounts counts(int item) {
    int entry = entry(item);
    if (counts[entry] == null) {
      counts[entry] = new ItemCounts(options);
    }
    return counts[entry];
  }

  /** What users had met before they took the item in this step, nothing at first. */
  CompanionRow companions(int item) {
    int entry = entry(item);
    if (companions[entry] == null) {
      companions[entry] = new CompanionRow(options.companions());
    }
    return companions[entry];
  }

  /** The changes gathered since the last call, which starts the next step. */
  ItemChange[] drain(long sequence) {
    ItemChange[] changes = new ItemChange[size];
    for (int i = 0; i < size; i++) {
      changes[i] = new ItemChange(items[i], sequence, gradients[i], counts[i], companions[i]);
      gradients[i] = null;
      counts[i] = null;
      companions[i] = null;
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
      items = Arrays.copyOf(items, size * 2);
      gradients = Arrays.copyOf(gradients, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
      companions = Arrays.copyOf(companions, size * 2);
    }
    int entry = size++;
    entryOf[item] = size;
    items[entry] = item;
    return entry;
  }
}
