// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import java.util.function.Consumer;

/**
 * What generated traffic looks like; see {@link GeneratedTraffic}.
 *
 * @param users number of users, 1 to {@value #MAX_USERS}; each costs 17 bytes of memory
 * @param items number of items on offer at any one time, at least {@code groups}; as new ones come,
 *     old ones go
 * @param groups number of taste groups, at least 2
 * @param seed the same seed and options give the same events
 * @param startTime timestamp of the first event, milliseconds
 * @param eventsPerSecond events per second of event time, above 0
 * @param newItemEvery events from one new item to the next; 0: no item is ever new
 * @param driftAt number of the event, from 0, with which the groups swap tastes; {@link #NO_DRIFT}
 *     for never
 * @param groupBornAt number of the event, from 0, with which the last group appears: until then
 *     nobody takes its items, and its users have another taste; {@link #NO_DRIFT} for a group that
 *     is there from the start
 * @param groupDiesAt number of the event, from 0, with which the first group dies: from then on
 *     nobody takes its items anew, and its users have another taste; {@link #NO_DRIFT} for never
 */
public record TrafficOptions(
    int users,
    int items,
    int groups,
    long seed,
    long startTime,
    double eventsPerSecond,
    long newItemEvery,
    long driftAt,
    long groupBornAt,
    long groupDiesAt) {

  /** The most users that traffic can have. */
  public static final int MAX_USERS = 100_000_000;

  /** No planted drift. */
  public static final long NO_DRIFT = Long.MAX_VALUE;

  public TrafficOptions {
    require(users >= 1 && users <= MAX_USERS, "users must be 1 to " + MAX_USERS + ", not ", users);
    require(groups >= 2, "groups must be at least 2, not ", groups);
    require(items >= groups, "items must be at least one per group, not ", items);
    require(startTime >= 0, "startTime must be milliseconds since 1970, not ", startTime);
    require(
        eventsPerSecond > 0 && Double.isFinite(eventsPerSecond),
        "eventsPerSecond must be a number above 0, not ",
        eventsPerSecond);
    require(newItemEvery >= 0, "newItemEvery must be at least 0, not ", newItemEvery);
    require(driftAt >= 0, "driftAt must be at least 0, not ", driftAt);
    require(groupBornAt >= 0, "groupBornAt must be at least 0, not ", groupBornAt);
    require(groupDiesAt >= 0, "groupDiesAt must be at least 0, not ", groupDiesAt);
    require(
        groupBornAt == NO_DRIFT || groupDiesAt == NO_DRIFT || groups >= 3,
        "groups must be at least 3 where one appears and one dies, not ",
        groups);
  }

  private static void require(boolean holds, String message, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(message + value);
    }
  }

  /**
   * 5,000 users, 10,000 items, 8 groups, 100 events a second from the given time on, a new item
   * every 500 events, no drift, seed 1.
   */
  public static TrafficOptions startingAt(long startTime) {
    return new TrafficOptions(
        5_000, 10_000, 8, 1, startTime, 100, 500, NO_DRIFT, NO_DRIFT, NO_DRIFT);
  }

  /** These options with another number of users. */
  public TrafficOptions withUsers(int users) {
    return changed(fields -> fields.users = users);
  }

  /** These options with another number of items on offer. */
  public TrafficOptions withItems(int items) {
    return changed(fields -> fields.items = items);
  }

  /** These options with another number of taste groups. */
  public TrafficOptions withGroups(int groups) {
    return changed(fields -> fields.groups = groups);
  }

  /** These options with another seed. */
  public TrafficOptions withSeed(long seed) {
    return changed(fields -> fields.seed = seed);
  }

  /** These options with another density in event time. */
  public TrafficOptions withEventsPerSecond(double eventsPerSecond) {
    return changed(fields -> fields.eventsPerSecond = eventsPerSecond);
  }

  /** These options with new items more or less often. */
  public TrafficOptions withNewItemEvery(long newItemEvery) {
    return changed(fields -> fields.newItemEvery = newItemEvery);
  }

  /** These options with a drift at an event. */
  public TrafficOptions withDriftAt(long driftAt) {
    return changed(fields -> fields.driftAt = driftAt);
  }

  /** These options with a group that appears at an event. */
  public TrafficOptions withGroupBornAt(long groupBornAt) {
    return changed(fields -> fields.groupBornAt = groupBornAt);
  }

  /** These options with a group that dies at an event. */
  public TrafficOptions withGroupDiesAt(long groupDiesAt) {
    return changed(fields -> fields.groupDiesAt = groupDiesAt);
  }

  private TrafficOptions changed(Consumer<Fields> change) {
    Fields fields = new Fields(this);
    change.accept(fields);
    return fields.options();
  }

  /** The components, to be changed one by one. */
  private static final class Fields {
    private int users;
    private int items;
    private int groups;
    private long seed;
    private final long startTime;
    private double eventsPerSecond;
    private long newItemEvery;
    private long driftAt;
    private long groupBornAt;
    private long groupDiesAt;

    Fields(TrafficOptions options) {
      users = options.users;
      items = options.items;
      groups = options.groups;
      seed = options.seed;
      startTime = options.startTime;
      eventsPerSecond = options.eventsPerSecond;
      newItemEvery = options.newItemEvery;
      driftAt = options.driftAt;
      groupBornAt = options.groupBornAt;
      groupDiesAt = options.groupDiesAt;
    }

    TrafficOptions options() {
      return new TrafficOptions(
          users,
          items,
          groups,
          seed,
          startTime,
          eventsPerSecond,
          newItemEvery,
          driftAt,
          groupBornAt,
          groupDiesAt);
    }
  }
}
