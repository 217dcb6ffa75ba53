// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/**
 * Where rows start from: what is known of an item or a user before its first event. The owner of an
 * item and every replica ask for themselves, so each must get the same bits.
 */
public interface InitialRows {

  /** Nothing is known of anybody: items start from a hash of their id, users from zero. */
  static InitialRows hashed(ModelOptions options) {
    return new HashedRows(options);
  }

  /** A new row, in the hands of the caller from then on. */
  OwnedItem item(String id);

  /**
   * A new profile, in the hands of the caller from then on.
   *
   * @param items what the profile's items are indices of; gets those that it lacks
   */
  UserProfile user(String id, ItemTable items);

  /** Whether anything is known of a user. */
  boolean knowsUser(String id);

  /** Whether anything is known of an item. */
  boolean knowsItem(String id);

  /** Items of which something is known. */
  int itemCount();

  /** One of them, from 0. */
  String itemId(int i);
}
