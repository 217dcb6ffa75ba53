// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.InitialRows;
import io.freshet.model.OnlineModel;
import io.freshet.model.UserProfile;
import io.freshet.schema.Interaction;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What a learner counts. */
final class LearnerMetrics {
  private final StageClock clock;
  private final Counter events;
  private final Counter late;
  private final Counter overItemLimit;
  private final Counter unmatchedTakeBacks;
  private final Counter steps;
  private final Counter lists;
  private final Counter unchangedLists;
  private final Counter deferredLists;
  private final Counter newUsers;
  private final Counter usersFromTables;
  private final Counter erasedUsers;
  private final Counter expiredUsers;
  private final Counter rows;
  private final Counter staleRows;

  LearnerMetrics(
      MetricGroup metrics,
      WriteBackCache<UserProfile> users,
      OnlineModel model,
      InitialRows initial,
      List<Interaction> buffer,
      Pace pace,
      CodeGathering codes,
      ScorerExchange scorer) {
    clock = new StageClock(metrics);
    events = metrics.counter(MetricNames.EVENTS);
    late = metrics.counter(MetricNames.EVENTS_LATE);
    overItemLimit = metrics.counter(MetricNames.EVENTS_OVER_ITEM_LIMIT);
    unmatchedTakeBacks = metrics.counter(MetricNames.TAKE_BACKS_UNMATCHED);
    steps = metrics.counter(MetricNames.MINI_STEPS);
    lists = metrics.counter(MetricNames.LISTS);
    unchangedLists = metrics.counter(MetricNames.LISTS_UNCHANGED);
    deferredLists = metrics.counter(MetricNames.LISTS_DEFERRED);
    newUsers = metrics.counter(MetricNames.USERS_NEW);
    usersFromTables = metrics.counter(MetricNames.USERS_FROM_TABLES);
    erasedUsers = metrics.counter(MetricNames.USERS_ERASED);
    expiredUsers = metrics.counter(MetricNames.USERS_EXPIRED);
    rows = metrics.counter(MetricNames.ROWS_RECEIVED);
    staleRows = metrics.counter(MetricNames.ROWS_STALE);
    metrics.gauge(MetricNames.BUFFERED_EVENTS, buffer::size);
    metrics.gauge(MetricNames.BUSY_SHARE, pace::busy);
    metrics.gauge(MetricNames.LESSON_SHARE, pace::lessons);
    metrics.gauge(MetricNames.CODEBOOK_VERSION_BEHIND, codes::versionsBehind);
    metrics.gauge(MetricNames.ITEMS, () -> model.items().count());
    metrics.gauge(MetricNames.EDGES_EXPIRED, model::edgesExpired);
    metrics.gauge(MetricNames.ITEMS_FROM_TABLES, initial::itemCount);
    metrics.gauge(MetricNames.PENDING_DELTAS, () -> model.items().pendingCount());
    metrics.gauge(MetricNames.PENDING_BYTES, () -> model.items().pendingBytes());
    metrics.gauge(MetricNames.PENDING_REFUSED, () -> model.items().pendingRefused());
    metrics.gauge(MetricNames.RANKER_LOSS, model.scorer()::loss);
    metrics.gauge(MetricNames.RANKER_PENDING, scorer::pending);
    metrics.gauge(MetricNames.CANDIDATE_RECALL, model::candidateRecall);
    metrics.gauge(MetricNames.RETRIEVAL_PRUNED, () -> model.retrieval().pruned() ? 1 : 0);
    metrics.gauge(MetricNames.RETRIEVAL_ROWS, () -> model.retrieval().rowsPerList());
    metrics.gauge(MetricNames.RETRIEVAL_RECALL, () -> model.retrieval().recall());
    metrics.gauge(MetricNames.RETRIEVAL_CELLS, () -> model.retrieval().cells());
    metrics.gauge(MetricNames.RETRIEVAL_FITS, () -> model.retrieval().fits());
    metrics.gauge(MetricNames.OFF_HEAP_BYTES, model::offHeapBytes);
    CacheMetrics.register(metrics, users);
  }

  StageClock clock() {
    return clock;
  }

  void event(boolean isLate) {
    events.inc();
    if (isLate) {
      late.inc();
    }
  }

  void overItemLimit() {
    overItemLimit.inc();
  }

  void unmatchedTakeBack() {
    unmatchedTakeBacks.inc();
  }

  void step() {
    steps.inc();
  }

  void lists(int published) {
    lists.inc(published);
  }

  void unchangedList() {
    unchangedLists.inc();
  }

  void deferredList() {
    deferredLists.inc();
  }

  void newUser(boolean fromTables) {
    newUsers.inc();
    if (fromTables) {
      usersFromTables.inc();
    }
  }

  void erased() {
    erasedUsers.inc();
  }

  void userExpired() {
    expiredUsers.inc();
  }

  void row(boolean applied) {
    rows.inc();
    if (!applied) {
      staleRows.inc();
    }
  }
}
