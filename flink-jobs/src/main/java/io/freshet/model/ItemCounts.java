// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import java.util.List;

/**
 * How often an item was met, or what a mini-step changes of that. Decayed counts lose half of their
 * worth every half-life of event time and are kept as of {@link #time()}; adding is commutative up
 * to rounding, so late events need no special case.
 */
public final class ItemCounts {

  /** First time seen of an item that nobody has taken. */
  public static final long NEVER_FIRST = Long.MAX_VALUE;

  /** Last time seen of an item that nobody has taken. */
  public static final long NEVER_LAST = Long.MIN_VALUE;

  long degree;
  long exposures;
  final double[] popularity;
  double exposure;
  long time;
  long firstSeen = NEVER_FIRST;
  long lastSeen = NEVER_LAST;

  /** Counts of nothing. */
  ItemCounts(ModelOptions options) {
    popularity = new double[options.halfLives().size()];
  }

  /**
   * Counts as they were stored.
   *
   * @param popularity one value per half-life; where their number has changed since, all take the
   *     middle one
   */
  public static ItemCounts of(
      ModelOptions options,
      long degree,
      long exposures,
      double[] popularity,
      double exposure,
      long time,
      long firstSeen,
      long lastSeen) {
    ItemCounts counts = new ItemCounts(options);
    counts.degree = degree;
    counts.exposures = exposures;
    for (int h = 0; h < counts.popularity.length && popularity.length > 0; h++) {
      counts.popularity[h] =
          popularity[popularity.length == counts.popularity.length ? h : popularity.length / 2];
    }
    counts.exposure = exposure;
    counts.time = time;
    counts.firstSeen = firstSeen;
    counts.lastSeen = lastSeen;
    return counts;
  }

  /** A number of users who took the item at one moment, and no more than that. */
  static ItemCounts ofUsers(ModelOptions options, int users, long time) {
    ItemCounts counts = new ItemCounts(options);
    if (users > 0) {
      counts.degree = users;
      counts.took(users, time, options);
      counts.met(users, time, options);
    }
    return counts;
  }

  /** Counts what a change says; nothing falls below 0, as only rounding could lead there. */
  void apply(ItemCounts change, ModelOptions options) {
    add(change, options);
    degree = Math.max(0, degree);
    exposure = Math.max(0, exposure);
    for (int h = 0; h < popularity.length; h++) {
      popularity[h] = Math.max(0, popularity[h]);
    }
  }

  private void add(ItemCounts change, ModelOptions options) {
    degree += change.degree;
    exposures += change.exposures;
    firstSeen = Math.min(firstSeen, change.firstSeen);
    lastSeen = Math.max(lastSeen, change.lastSeen);
    decayTo(change.time, options);
    List<Long> halfLives = options.halfLives();
    for (int h = 0; h < popularity.length; h++) {
      popularity[h] += decayed(change.popularity[h], change.time, time, halfLives.get(h));
    }
    exposure += decayed(change.exposure, change.time, time, options.exposureHalfLifeMillis());
  }

  /** A positive, or one taken back where {@code amount} is negative. */
  void took(double amount, long at, ModelOptions options) {
    decayTo(at, options);
    List<Long> halfLives = options.halfLives();
    for (int h = 0; h < popularity.length; h++) {
      popularity[h] += decayed(amount, at, time, halfLives.get(h));
    }
    if (amount > 0) {
      firstSeen = Math.min(firstSeen, at);
      lastSeen = Math.max(lastSeen, at);
    }
  }

  /** Events that tell that users met the item. */
  void met(int events, long at, ModelOptions options) {
    decayTo(at, options);
    exposures += events;
    exposure += decayed(events, at, time, options.exposureHalfLifeMillis());
  }

  /** Moves the decayed counts on to a later time; an earlier one changes nothing. */
  private void decayTo(long later, ModelOptions options) {
    if (later <= time) {
      return;
    }
    List<Long> halfLives = options.halfLives();
    for (int h = 0; h < popularity.length; h++) {
      popularity[h] = decayed(popularity[h], time, later, halfLives.get(h));
    }
    exposure = decayed(exposure, time, later, options.exposureHalfLifeMillis());
    time = later;
  }

  /** What a value observed at {@code time} is worth at {@code now}. */
  private static double decayed(double value, long time, long now, long halfLife) {
    return value == 0 || time == now
        ? value
        : value * Math.pow(2, (double) (time - now) / halfLife);
  }

  /**
   * {@code log2(popularity) + time / halfLife}: of two counts the one with the higher key is the
   * higher one at every moment, so a ranking by decayed count needs no rescan as time passes.
   * Negative infinity for a count of 0.
   */
  double key(int halfLife, ModelOptions options) {
    return key(popularity[halfLife], options.halfLives().get(halfLife));
  }

  /** The same of the exposures. */
  double exposureKey(ModelOptions options) {
    return key(exposure, options.exposureHalfLifeMillis());
  }

  private double key(double value, long halfLife) {
    return value > 0
        ? Math.log(value) * (1 / Math.log(2)) + (double) time / halfLife
        : Double.NEGATIVE_INFINITY;
  }

  /** Decayed count of positives at a moment that is not before {@link #time()}. */
  public double popularityAt(int halfLife, long now, ModelOptions options) {
    return decayed(popularity[halfLife], time, now, options.halfLives().get(halfLife));
  }

  /** Number of users who have the item as a positive. */
  public long degree() {
    return degree;
  }

  /** Number of events that tell that a user met the item, positives among them. */
  public long exposures() {
    return exposures;
  }

  /** Decayed counts of positives as of {@link #time()}, one per half-life; live, not a copy. */
  public double[] popularity() {
    return popularity;
  }

  /** Decayed count of exposures as of {@link #time()}. */
  public double exposure() {
    return exposure;
  }

  /** Event time of the decayed counts in ms; 0 if there was none yet. */
  public long time() {
    return time;
  }

  public long firstSeen() {
    return firstSeen;
  }

  public long lastSeen() {
    return lastSeen;
  }
}
