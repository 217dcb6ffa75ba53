// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

/**
 * A simple recommender that learns from positive events only, one at a time. The evaluation decides
 * what is tested, ranks, and leaves out what the user already has.
 *
 * <p>Users and items are small non-negative numbers; items are numbered from 0 in the order of
 * their first positive event.
 */
interface Baseline {

  /** The name of the method, the same for all its settings. */
  String name();

  /** What distinguishes this instance from others of the same name; empty for nothing. */
  String setting();

  /**
   * Scores items 0 to {@code items - 1} for a user; higher is better. The array belongs to the
   * baseline, may be longer than {@code items}, and holds until the next call of either method.
   */
  double[] scores(int user, long timeMs, int items);

  /**
   * Learns a positive event.
   *
   * @param repeat whether the user had this item before
   */
  void learn(int user, int item, long timeMs, boolean repeat);

  /** Told each time that another tenth of the stream has passed. */
  default void tenthPassed() {}
}
