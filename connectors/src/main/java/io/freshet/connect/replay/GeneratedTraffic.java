// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import io.freshet.schema.Interaction;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Endless traffic with a planted truth. Users belong to taste groups: most to one, three in ten to
 * two, in shares of 70 and 30 per cent. Items belong to one group each. A user takes 85 of 100
 * items from the groups it belongs to and the others from any group, in each by a popularity that
 * falls as a power of the item's place. Few users act often, most seldom. With the drift, the taste
 * of every group becomes that of another group, at once: no user, item or popularity changes, only
 * who likes what. A group may also appear at an event, with items and a taste that nobody had, and
 * one may die: its users then spread over the others, and nobody takes its items any more but as a
 * repeat.
 *
 * <p>Of 100 events about 30 are impressions, 42 clicks, 18 views (their value: seconds), 9
 * purchases and 1 a {@code cancel}, which takes back an earlier item of that user. An impression of
 * something that the user likes is followed by a click in 40 of 100 cases, else in 5; that click
 * carries the impression's request id. A tenth of the clicks, views and purchases repeat an item
 * that the user had lately.
 *
 * <p>What a learner can find: the groups, who belongs to which, popularity within a group, items
 * that are new and rising, and that tastes have changed, and when. What it cannot, because it is
 * not there: anything finer than a group (within a group the next item is a draw by popularity),
 * any order or session in a user's events, any daily rhythm. So the best list is what is popular
 * now in the user's groups, and quality on this traffic says that a learner works, not how good it
 * is on people.
 *
 * <p>The same options give the same events on every machine. Memory is bounded by the options.
 */
public final class GeneratedTraffic implements EventStream {
  private static final double LOYALTY = 0.85;
  private static final double MIXED_USERS = 0.3;
  private static final double SECOND_GROUP = 0.3;

  // Bounds in [0, 1) between the event types.
  private static final double IMPRESSIONS = 0.30;
  private static final double CLICKS = 0.72;
  private static final double VIEWS = 0.90;
  private static final double PURCHASES = 0.99;

  private static final double SHOWN_FROM_TASTE = 0.5;
  private static final double CLICK_IF_LIKED = 0.4;
  private static final double CLICK_IF_NOT = 0.05;
  private static final double ANSWERS_IMPRESSION = 0.25;
  private static final double REPEATS = 0.1;
  private static final int LONGEST_VIEW_SECONDS = 300;

  private final TrafficOptions options;
  private final SplitMix64 random;
  private final Catalogue catalogue;
  private final RecentItems recent;
  private final AwaitedClicks awaited = new AwaitedClicks();
  private final String eventPrefix;
  private long number;
  private int shift;

  /** The traffic that the options describe, from its first event. */
  public GeneratedTraffic(TrafficOptions options) {
    this.options = options;
    this.random = new SplitMix64(options.seed());
    this.catalogue = new Catalogue(options.items(), options.groups());
    this.recent = new RecentItems(options.users());
    // Another start is another event: a job that saw the first run must not take it for a repeat.
    this.eventPrefix =
        Long.toString(options.startTime(), Character.MAX_RADIX)
            + "-"
            + Long.toString(options.seed(), Character.MAX_RADIX)
            + "-";
  }

  /** The next event; never null. */
  @Override
  public Interaction next() {
    if (number == options.driftAt()) {
      drift();
    }
    if (options.newItemEvery() > 0 && (number + 1) % options.newItemEvery() == 0) {
      catalogue.renew(random.nextDouble());
    }
    Interaction event = draw();
    number++;
    return event;
  }

  private Interaction draw() {
    int user = (int) (options.users() * square(random.nextDouble()));
    double type = random.nextDouble();
    if (type < IMPRESSIONS) {
      return impression(user);
    }
    if (type < CLICKS) {
      if (!awaited.isEmpty() && random.nextDouble() < ANSWERS_IMPRESSION) {
        return answer();
      }
      return event(user, taken(user), "click", Float.NaN, null);
    }
    if (type < VIEWS) {
      int seconds = 1 + random.nextInt(LONGEST_VIEW_SECONDS);
      return event(user, taken(user), "view", seconds, null);
    }
    if (type >= PURCHASES) {
      int item = recent.takeAny(user, random);
      if (item != RecentItems.NONE) {
        return event(user, item, "cancel", Float.NaN, null);
      }
    }
    return event(user, taken(user), "purchase", Float.NaN, null);
  }

  private Interaction impression(int user) {
    boolean liked = random.nextDouble() < SHOWN_FROM_TASTE;
    int group = liked ? tasteOf(user) : anyGroup();
    int item = catalogue.item(group, random.nextDouble());
    if (random.nextDouble() < (liked ? CLICK_IF_LIKED : CLICK_IF_NOT)) {
      awaited.add(user, item, number);
    }
    return event(user, item, "impression", Float.NaN, eventId(number));
  }

  private Interaction answer() {
    int user = awaited.user();
    int item = awaited.item();
    String requestId = eventId(awaited.impression());
    awaited.remove();
    recent.add(user, item);
    return event(user, item, "click", Float.NaN, requestId);
  }

  private int taken(int user) {
    int item = random.nextDouble() < REPEATS ? recent.any(user, random) : RecentItems.NONE;
    if (item != RecentItems.NONE) {
      return item;
    }
    int group = random.nextDouble() < LOYALTY ? tasteOf(user) : anyGroup();
    item = catalogue.item(group, random.nextDouble());
    recent.add(user, item);
    return item;
  }

  private int anyGroup() {
    return offered(random.nextInt(options.groups()), number);
  }

  private int tasteOf(int user) {
    long traits = traits(user);
    return isMixed(traits) && random.nextDouble() < SECOND_GROUP
        ? offered(shifted(second(traits)), traits)
        : offered(shifted(first(traits)), traits);
  }

  /** The group, or where it is not there another in its place, by a number. */
  private int offered(int group, long by) {
    if (!isMissing(group)) {
      return group;
    }
    int first = isMissing(0) ? 1 : 0;
    int last = isMissing(options.groups() - 1) ? options.groups() - 2 : options.groups() - 1;
    return first + (int) Math.floorMod(SplitMix64.mix(by + 3), last - first + 1L);
  }

  private boolean isMissing(int group) {
    return (group == 0 && number >= options.groupDiesAt())
        || (group == options.groups() - 1
            && options.groupBornAt() != TrafficOptions.NO_DRIFT
            && number < options.groupBornAt());
  }

  private long traits(int user) {
    return SplitMix64.mix(options.seed() ^ SplitMix64.mix(user + 1L));
  }

  private static boolean isMixed(long traits) {
    return SplitMix64.toUnit(traits) < MIXED_USERS;
  }

  private int first(long traits) {
    return (int) Math.floorMod(SplitMix64.mix(traits + 1), (long) options.groups());
  }

  private int second(long traits) {
    int others = (int) Math.floorMod(SplitMix64.mix(traits + 2), options.groups() - 1L);
    return (first(traits) + 1 + others) % options.groups();
  }

  private int shifted(int group) {
    return (group + shift) % options.groups();
  }

  private Interaction event(int user, int item, String type, float value, String requestId) {
    return new Interaction(
        eventId(number), "u" + user, itemId(item), type, time(), value, requestId, Map.of());
  }

  private String eventId(long event) {
    return eventPrefix + event;
  }

  private long time() {
    return options.startTime() + (long) (number * 1000.0 / options.eventsPerSecond());
  }

  private static double square(double x) {
    return x * x;
  }

  /**
   * Swaps the groups' tastes from the next event on, as the planted drift does; for the reading
   * thread.
   */
  public void drift() {
    shift = (shift + options.groups() / 2) % options.groups();
  }

  /** The group, from 0, whose items the user takes most, as of the next event. */
  public int groupOfUser(String userId) {
    long traits = traits(number(userId));
    return offered(shifted(first(traits)), traits);
  }

  /** The group, from 0, to which the item belongs, now and always. */
  public int groupOfItem(String itemId) {
    return catalogue.groupOf(number(itemId));
  }

  /**
   * The items that the user takes most often, the likeliest first, by the groups and the popularity
   * that are planted, as of the latest event. It does not look at what the user was shown, of which
   * some is taken next.
   *
   * @param k how many; fewer come if no more are open
   * @param open which items, by id, may be among them
   */
  public List<String> likeliest(String userId, int k, Predicate<String> open) {
    int[] items = catalogue.likeliest(shares(number(userId)), k, item -> open.test(itemId(item)));
    return Arrays.stream(items).mapToObj(GeneratedTraffic::itemId).toList();
  }

  /** How often a user takes from each group, but for answers to impressions and repeats. */
  private double[] shares(int user) {
    double[] shares = new double[options.groups()];
    int there = (int) IntStream.range(0, shares.length).filter(group -> !isMissing(group)).count();
    for (int group = 0; group < shares.length; group++) {
      shares[group] = isMissing(group) ? 0 : (1 - LOYALTY) / there;
    }
    long traits = traits(user);
    double ofSecond = isMixed(traits) ? SECOND_GROUP : 0;
    shares[offered(shifted(first(traits)), traits)] += LOYALTY * (1 - ofSecond);
    shares[offered(shifted(second(traits)), traits)] += LOYALTY * ofSecond;
    return shares;
  }

  private static String itemId(int item) {
    return "i" + item;
  }

  private static int number(String id) {
    return Integer.parseInt(id, 1, id.length(), 10);
  }

  /** Nothing to close. */
  @Override
  public void close() {}
}
