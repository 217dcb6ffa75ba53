// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;

/**
 * Which entries of a list of items changed since it was last stored, so that only they have to be
 * added to what is stored. It starts with nothing stored. Once what is stored would be more than
 * twice what counts of it, all has to be stored anew, which comes to at most one more entry for
 * each that changed.
 */
public final class EntryChanges {

  /** Entries stored beyond twice the list's before all is stored anew. */
  private static final int SLACK = 32;

  private static final int[] NONE = {};

  private int[] items = NONE;
  private int size;
  private boolean all = true;
  private int stored;

  EntryChanges() {}

  /**
   * An item's entry came, changed or left.
   *
   * @param entries how many the list has
   */
  void note(int item, int entries) {
    if (all) {
      return;
    }
    int most = 2 * entries + SLACK;
    if (stored + size >= most) {
      items = items();
      size = items.length;
      if (stored + size >= most) {
        all();
        return;
      }
    }
    if (size == items.length) {
      items = Arrays.copyOf(items, Math.max(8, 2 * size));
    }
    items[size++] = item;
  }

  /** The whole list changed. */
  void all() {
    all = true;
    forget();
  }

  private void forget() {
    items = NONE;
    size = 0;
  }

  /** Whether the list has to be stored whole, in place of what is stored. */
  public boolean areAll() {
    return all;
  }

  /**
   * The items, each once, in the order in which they first changed; their indices hold until items
   * are forgotten. Of no meaning where {@link #areAll all} changed.
   */
  public int[] items() {
    return Arrays.stream(items, 0, size).distinct().toArray();
  }

  /** How many entries are stored, those that later ones overrule included. */
  public int storedEntries() {
    return stored;
  }

  /**
   * Nothing has changed since the list was stored.
   *
   * @param entries how many are stored now, those that later ones overrule included
   */
  public void stored(int entries) {
    all = false;
    forget();
    stored = entries;
  }
}
