// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.BitSet;

/**
 * What is kept of one user between events. Items are named by their index in this learner's {@link
 * ItemTable}; whoever stores a profile beyond the table's life stores ids.
 */
public final class UserProfile {

  private static final int[] NO_LIST = {};
  private static final int[] NO_CODES = {};

  private final String id;
  final float[] embedding;
  float accumulator;
  float threshold;
  float thresholdAccumulator;
  long degree;
  final EdgeHistory history;
  long lastSeen;
  private int[] lastList = NO_LIST;
  private long lastListTime;
  private int[] codes = NO_CODES;
  private long codesEpoch;
  private long codesVersion;
  private long codesTime = Long.MIN_VALUE;

  /** One more than the user's place among those whom the mini-step gives codes; 0 for none. */
  int coded;

  /**
   * A user without events, with an embedding of zeros: its first steps come from its items alone.
   */
  public UserProfile(String id, ModelOptions options) {
    this.id = id;
    this.embedding = new float[options.dim()];
    this.history = new EdgeHistory();
    this.lastSeen = Long.MIN_VALUE;
    this.lastListTime = Long.MIN_VALUE;
  }

  private UserProfile(String id, float[] embedding, EdgeHistory history) {
    this.id = id;
    this.embedding = embedding;
    this.history = history;
  }

  /**
   * A profile as it was stored; the arrays are taken over.
   *
   * @param embedding {@link ModelOptions#dim()} values
   * @param threshold raw threshold of {@link StreamEncoder#TOPKGAT}; 0 before anything is learnt
   * @param thresholdAccumulator its AdaGrad sum
   * @param degree number of distinct positive items, those that left the history included
   * @param items indices of the history's items, ordered by time, each at most once
   * @param times event times in ms, ascending
   * @param weights edge weights; 0 for an item that is only noted
   */
  public static UserProfile restore(
      String id,
      float[] embedding,
      float accumulator,
      float threshold,
      float thresholdAccumulator,
      long degree,
      int[] items,
      long[] times,
      float[] weights,
      int historySize,
      int[] lastList,
      long lastListTime,
      long lastSeen) {
    UserProfile user =
        new UserProfile(id, embedding, new EdgeHistory(items, times, weights, historySize));
    user.accumulator = accumulator;
    user.threshold = threshold;
    user.thresholdAccumulator = thresholdAccumulator;
    user.degree = degree;
    user.lastList = lastList;
    user.lastListTime = lastListTime;
    user.lastSeen = lastSeen;
    return user;
  }

  /** Whether so little is known of the user that the embedding is left aside. */
  boolean cold(ModelOptions options) {
    return degree < options.coldStartEdges();
  }

  public String id() {
    return id;
  }

  /** The learnt values; live, not a copy. */
  public float[] embedding() {
    return embedding;
  }

  public float accumulator() {
    return accumulator;
  }

  /** Raw threshold W_u of {@link StreamEncoder#TOPKGAT}. */
  public float threshold() {
    return threshold;
  }

  /** AdaGrad sum of the threshold. */
  public float thresholdAccumulator() {
    return thresholdAccumulator;
  }

  /** Number of distinct positive items, those that left the bounded history included. */
  public long degree() {
    return degree;
  }

  /** Entries in the history, noted ones included. */
  public int historySize() {
    return history.size();
  }

  /** Item of an entry; entries are ordered by time, the latest last. */
  public int historyItem(int i) {
    return history.item(i);
  }

  /** Event time in ms of an entry. */
  public long historyTime(int i) {
    return history.time(i);
  }

  /** Weight of an entry; 0 means noted, below 0 merely shown. */
  public float historyWeight(int i) {
    return history.weight(i);
  }

  /** Position of an item's entry in the history, or -1. */
  public int historyIndex(int item) {
    return history.find(item);
  }

  /** What changed of the history since it was stored. */
  public EntryChanges historyChanges() {
    return history.changes();
  }

  /** Whether the history holds the item, as an edge or noted. */
  public boolean knows(int item) {
    int at = history.find(item);
    return at >= 0 && history.weight(at) >= 0;
  }

  /** Whether the item is a positive of the user. */
  public boolean hasEdge(int item) {
    int at = history.find(item);
    return at >= 0 && history.weight(at) > 0;
  }

  /** Notes that the user was there, by an event that says nothing of taste. */
  public void seenAt(long time) {
    lastSeen = Math.max(lastSeen, time);
  }

  /** Latest event time in ms, or {@link Long#MIN_VALUE} before the first event. */
  public long lastSeen() {
    return lastSeen;
  }

  /** The items of the list published last; empty before the first. */
  public int[] lastList() {
    return lastList;
  }

  /** Event time in ms of the list published last, or {@link Long#MIN_VALUE}. */
  public long lastListTime() {
    return lastListTime;
  }

  /** The user's code at each level, from 0; of no values where no books were there to give one. */
  public int[] codes() {
    return codes;
  }

  /** Epoch of the books that gave the codes. */
  public long codesEpoch() {
    return codesEpoch;
  }

  /** Version of the books that gave the codes. */
  public long codesVersion() {
    return codesVersion;
  }

  /** Event time in ms of the user's latest event when it got the codes. */
  public long codesTime() {
    return codesTime;
  }

  /** Remembers codes, as they were given or stored; the array is taken over. */
  public void code(int[] codes, long epoch, long version, long time) {
    this.codes = codes;
    this.codesEpoch = epoch;
    this.codesVersion = version;
    this.codesTime = time;
  }

  /** Lets go of items of the list; it then differs from every list, and no longer names them. */
  void unlist(BitSet gone) {
    for (int i = 0; i < lastList.length; i++) {
      if (lastList[i] >= 0 && gone.get(lastList[i])) {
        lastList[i] = -1;
      }
    }
  }

  /** Remembers what was published; the array is taken over. */
  public void published(int[] list, long time) {
    this.lastList = list;
    this.lastListTime = time;
  }
}
