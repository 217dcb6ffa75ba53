// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/**
 * Adds up how long the parts of making a list take; reading the clock five times a list is 0.1 us.
 */
final class ListClock {

  private long last;
  private long lists;
  private long scores;
  private long gather;
  private long features;
  private long network;
  private long pick;

  void start() {
    last = System.nanoTime();
  }

  void scored() {
    scores += lap();
  }

  void gathered() {
    gather += lap();
  }

  void described() {
    features += lap();
  }

  void ranked() {
    network += lap();
  }

  void picked() {
    pick += lap();
    lists++;
  }

  ListCost cost() {
    return new ListCost(lists, scores, gather, features, network, pick);
  }

  private long lap() {
    long now = System.nanoTime();
    long took = now - last;
    last = now;
    return took;
  }
}
