// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.Forgetting;
import io.freshet.model.InitialRows;
import io.freshet.model.ItemChange;
import io.freshet.model.ItemTable;
import io.freshet.model.Observation;
import io.freshet.model.OnlineModel;
import io.freshet.model.RankedList;
import io.freshet.model.UserProfile;
import io.freshet.schema.EventTypes;
import io.freshet.schema.Interaction;
import io.freshet.schema.RecommendationList;
import io.freshet.schema.RecommendationList.Reason;
import io.freshet.schema.ScoredItem;
import io.freshet.schema.TestOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One mini-step over a batch of events, in the order that keeps the test honest: gather, test,
 * learn, rank.
 */
final class MiniBatch {

  /** Told of a list that is due later, or of a user to look for then. */
  interface Deferral {
    void defer(String userId, long eventTime);
  }

  /**
   * An item to be ranked before it is learned.
   *
   * @param counts whether its rank counts for the quality window
   */
  private record Test(UserProfile user, int item, long time, boolean counts) {}

  private final LearnerSettings settings;
  private final EventTypes eventTypes;
  private final OnlineModel model;
  private final ItemTable items;
  private final InitialRows initial;
  private final WriteBackCache<UserProfile> users;
  private final Deferral lookFor;
  private final Forgetting forgetting;
  private final LearnerMetrics metrics;
  private final TestSample sample;
  private final Pace pace;
  private final CodeGathering codes;

  private final Map<String, UserProfile> active = new LinkedHashMap<>();
  private final List<Interaction> events = new ArrayList<>();
  private final List<UserProfile> actors = new ArrayList<>();
  private final List<Interaction> overItemLimit = new ArrayList<>();
  private final Set<String> acted = new HashSet<>();
  private final List<String> left = new ArrayList<>();

  MiniBatch(
      LearnerSettings settings,
      OnlineModel model,
      InitialRows initial,
      WriteBackCache<UserProfile> users,
      Deferral lookFor,
      LearnerMetrics metrics,
      Pace pace,
      CodeGathering codes) {
    this.settings = settings;
    this.eventTypes = settings.eventTypes();
    this.model = model;
    this.items = model.items();
    this.initial = initial;
    this.users = users;
    this.lookFor = lookFor;
    this.forgetting = settings.model().forgetting();
    this.metrics = metrics;
    this.sample = new TestSample(settings.testShare());
    this.pace = pace;
    this.codes = codes;
  }

  /**
   * Brings in the users.
   *
   * @param batch the events, in order
   * @param due users whose deferred list is due, or whose edges may have grown too old, although
   *     they may not have acted
   * @param now event time, by which edges are forgotten
   */
  void gather(List<Interaction> batch, List<String> due, long now) throws Exception {
    metrics.clock().start();
    for (Interaction event : batch) {
      events.add(event);
      acted.add(event.userId());
      UserProfile user = activate(event.userId(), true);
      actors.add(user);
      lookFor(user, event.timestamp());
    }
    for (String userId : due) {
      activate(userId, false);
    }
    if (forgetting.edges()) {
      for (UserProfile user : active.values()) {
        forget(user, now);
      }
    }
    metrics.clock().done(Stage.STATE);
  }

  /** One timer for each of the steps in which edges leave: a user who acts needs no more. */
  private void lookFor(UserProfile user, long time) {
    long last = user.lastSeen();
    if (forgetting.edges()
        && time > last
        && (last == Long.MIN_VALUE
            || forgetting.edgesGoneAt(time) != forgetting.edgesGoneAt(last))) {
      lookFor.defer(user.id(), forgetting.edgesGoneAt(time));
    }
  }

  private void forget(UserProfile user, long now) {
    model.forget(user, now);
    if (user.historySize() == 0
        && !acted.contains(user.id())
        && forgetting.userGone(user.lastSeen(), now)) {
      left.add(user.id());
    }
  }

  /** Users who were not seen for so long that nothing is left of what they did; not ranked for. */
  List<String> left() {
    return left;
  }

  private UserProfile activate(String userId, boolean create) throws Exception {
    UserProfile user = active.get(userId);
    if (user != null) {
      return user;
    }
    user = users.get(userId);
    if (user == null) {
      if (!create) {
        return null; // erased since
      }
      user = initial.user(userId, items);
      users.add(userId, user);
      metrics.newUser(initial.knowsUser(userId));
    } else {
      users.changed(userId);
    }
    active.put(userId, user);
    return user;
  }

  /** Events on new items that {@link #learn} found the item table too full for. */
  List<Interaction> overItemLimit() {
    return overItemLimit;
  }

  /**
   * Ranks first positives with the model as it stands before this step: for the quality windows,
   * and for the ranker to learn from.
   */
  List<TestOutcome> test() {
    metrics.clock().start();
    List<TestOutcome> outcomes = new ArrayList<>();
    if (settings.testShare() > 0 || settings.learnShare() > 0) {
      collectTests(outcomes);
    }
    metrics.clock().done(Stage.TEST);
    return outcomes;
  }

  private void collectTests(List<TestOutcome> outcomes) {
    List<Test> tests = new ArrayList<>();
    Set<List<String>> pairs = new HashSet<>();
    TestSample taught = new TestSample(settings.learnShare() * pace.lessons());
    for (int i = 0; i < events.size(); i++) {
      Interaction event = events.get(i);
      UserProfile user = actors.get(i);
      int item = items.indexOf(event.itemId());
      boolean counts = sample.takes(event.eventId());
      if (eventTypes.weight(event) > 0
          && (counts || taught.takes(event.eventId()))
          && !user.hasEdge(item)
          && pairs.add(List.of(event.userId(), event.itemId()))) {
        tests.add(new Test(user, item, event.timestamp(), counts));
      }
    }
    // A user's tests side by side share one scoring.
    tests.sort(Comparator.comparing(test -> test.user().id()));
    int count = tests.size();
    UserProfile[] testers = new UserProfile[count];
    int[] tested = new int[count];
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      testers[i] = tests.get(i).user();
      tested[i] = tests.get(i).item();
      times[i] = tests.get(i).time();
    }
    int[] ranks = new int[count];
    model.test(testers, tested, times, count, ranks);
    for (int i = 0; i < count; i++) {
      if (!tests.get(i).counts()) {
        continue;
      }
      boolean warm = testers[i].degree() > 0 && tested[i] >= 0 && items.candidate(tested[i]);
      long time = tests.get(i).time();
      int popularityRank = model.popularityRank(testers[i], tested[i]);
      outcomes.add(new TestOutcome(TestOutcome.FRESHET, ranks[i], warm, time));
      outcomes.add(new TestOutcome(TestOutcome.POPULARITY, popularityRank, warm, time));
    }
  }

  /**
   * Updates the graph, the model, and the codes of the users; the changes are for the items'
   * owners.
   */
  ItemChange[] learn() {
    metrics.clock().start();
    for (int i = 0; i < events.size(); i++) {
      observe(actors.get(i), events.get(i));
    }
    metrics.clock().done(Stage.GRAPH);
    ItemChange[] changes = model.learnRows(pace.replay());
    metrics.clock().done(Stage.LEARN);
    codes.note(active.values());
    model.assignCodes();
    codes.sendIfDue();
    metrics.clock().done(Stage.CODES);
    return changes;
  }

  private void observe(UserProfile user, Interaction event) {
    float weight = eventTypes.weight(event);
    boolean shown = weight == 0 && !eventTypes.isKnownToUser(event);
    int item = items.indexOrAdd(event.itemId());
    if (item >= 0 && shown) {
      model.show(user, item, event.timestamp());
    } else if (item >= 0) {
      if (model.observe(user, item, weight, event.timestamp())
          == Observation.NOTHING_TO_TAKE_BACK) {
        metrics.unmatchedTakeBack();
      }
    } else if (shown) {
      user.seenAt(event.timestamp()); // nothing is lost but a hint
    } else {
      overItemLimit.add(event);
      metrics.overItemLimit();
    }
  }

  /** Ranks for every active user; returns the lists that differ from those last published. */
  List<RecommendationList> rank(Deferral deferral) {
    metrics.clock().start();
    UserProfile[] ranked = new UserProfile[active.size()];
    int count = 0;
    for (UserProfile user : active.values()) {
      if (!left.contains(user.id()) && mayPublish(user, deferral)) {
        ranked[count++] = user;
      }
    }
    RankedList[] lists =
        model.rank(ranked, count, settings.listSize(), settings.excludeSeen(), excluded(count));
    metrics.clock().done(Stage.RANK);
    List<RecommendationList> changed = new ArrayList<>();
    long now = System.currentTimeMillis();
    for (int i = 0; i < count; i++) {
      if (Arrays.equals(lists[i].items(), ranked[i].lastList())) {
        metrics.unchangedList();
      } else {
        changed.add(publish(ranked[i], lists[i], now));
      }
    }
    metrics.lists(changed.size());
    return changed;
  }

  private boolean mayPublish(UserProfile user, Deferral deferral) {
    if (settings.listIntervalMillis() == 0 || user.lastListTime() == Long.MIN_VALUE) {
      return true;
    }
    long next = user.lastListTime() + settings.listIntervalMillis();
    if (user.lastSeen() >= next || !acted.contains(user.id())) {
      return true;
    }
    deferral.defer(user.id(), next);
    metrics.deferredList();
    return false;
  }

  private int[][] excluded(int count) {
    if (settings.excludedItems().isEmpty()) {
      return null;
    }
    int[] indices = new int[settings.excludedItems().size()];
    int size = 0;
    for (String id : settings.excludedItems()) {
      int item = items.indexOf(id);
      if (item >= 0) {
        indices[size++] = item;
      }
    }
    int[][] excluded = new int[count][];
    Arrays.fill(excluded, Arrays.copyOf(indices, size));
    return excluded;
  }

  private RecommendationList publish(UserProfile user, RankedList list, long now) {
    ScoredItem[] scored = new ScoredItem[list.items().length];
    for (int i = 0; i < scored.length; i++) {
      scored[i] = new ScoredItem(items.idOf(list.items()[i]), list.scores()[i]);
    }
    user.published(list.items(), user.lastSeen());
    Reason reason =
        list.cold() ? Reason.COLD_START : acted.contains(user.id()) ? Reason.EVENT : Reason.REFRESH;
    return new RecommendationList(
        user.id(),
        List.of(scored),
        model.sequence(),
        user.lastSeen(),
        now,
        reason,
        user.codes().length == 0 ? RecommendationList.NO_CODES : user.codes());
  }

  /** Lets go of the users; some may leave memory now. */
  void finish() throws Exception {
    metrics.clock().done(Stage.PUBLISH);
    active.clear();
    events.clear();
    actors.clear();
    acted.clear();
    overItemLimit.clear();
    left.clear();
    users.trim();
    metrics.clock().done(Stage.STATE);
    metrics.step();
  }
}
