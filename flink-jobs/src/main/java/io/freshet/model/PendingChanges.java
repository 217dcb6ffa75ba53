// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The learner's own changes that no owner row has confirmed yet, per item in sequence. Bounded: a
 * change that does not fit is not kept, so an owner row that lacks it hides it until the next one.
 */
final class PendingChanges {

  private static final class Node {
    final ItemChange change;
    Node next;

    Node(ItemChange change) {
      this.change = change;
    }
  }

  private static final long NODE_BYTES = 24;

  private final long maxBytes;
  private Node[] first = new Node[64];
  private Node[] last = new Node[64];
  private long bytes;
  private int count;
  private long refused;

  PendingChanges(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  void add(ItemChange change) {
    long size = change.bytes() + NODE_BYTES;
    if (bytes + size > maxBytes) {
      refused++;
      return;
    }
    int item = change.item();
    if (item >= first.length) {
      int grown = Math.max(item + 1, first.length * 2);
      first = Arrays.copyOf(first, grown);
      last = Arrays.copyOf(last, grown);
    }
    Node node = new Node(change);
    if (first[item] == null) {
      first[item] = node;
    } else {
      last[item].next = node;
    }
    last[item] = node;
    bytes += size;
    count++;
  }

  /** Forgets the item's changes up to and including a sequence number. */
  void confirm(int item, long sequence) {
    if (item >= first.length) {
      return;
    }
    Node node = first[item];
    while (node != null && node.change.sequence() <= sequence) {
      bytes -= node.change.bytes() + NODE_BYTES;
      count--;
      node = node.next;
    }
    first[item] = node;
    if (node == null) {
      last[item] = null;
    }
  }

  /** Hands over what is left of an item's changes, in sequence. */
  void forEach(int item, Consumer<ItemChange> body) {
    if (item < first.length) {
      for (Node node = first[item]; node != null; node = node.next) {
        body.accept(node.change);
      }
    }
  }

  int count() {
    return count;
  }

  long bytes() {
    return bytes;
  }

  long refused() {
    return refused;
  }
}
