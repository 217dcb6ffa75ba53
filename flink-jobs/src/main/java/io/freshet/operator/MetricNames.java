// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

/**
 * The names of the operators' metrics, but for those of {@link Stage}; dashboards and alerts rely
 * on them.
 */
public final class MetricNames {
  private MetricNames() {}

  public static final String DEAD_LETTERS = "dead-letters";
  public static final String EVENTS = "events";
  public static final String EVENTS_LATE = "events-late";
  public static final String EVENTS_DUPLICATE = "events-duplicate";
  public static final String EVENTS_OVER_ITEM_LIMIT = "events-over-item-limit";
  public static final String TAKE_BACKS_UNMATCHED = "take-backs-unmatched";
  public static final String MINI_STEPS = "mini-steps";

  /** Share of the time of late in which a learner was not waiting for input, 0 to 1. */
  public static final String BUSY_SHARE = "busy-share";

  /** Share of the ranker's lessons that a learner takes at the moment: few when it is busy. */
  public static final String LESSON_SHARE = "lesson-share";

  public static final String LISTS = "lists";
  public static final String LISTS_UNCHANGED = "lists-unchanged";
  public static final String LISTS_DEFERRED = "lists-deferred";
  public static final String USERS_ERASED = "users-erased";
  public static final String USERS_EXPIRED = "users-expired";
  public static final String USERS_NEW = "users-new";
  public static final String USERS_FROM_TABLES = "users-from-tables";
  public static final String BUFFERED_EVENTS = "buffered-events";
  public static final String CACHE_SIZE = "cache-size";
  public static final String CACHE_HITS = "cache-hits";
  public static final String CACHE_MISSES = "cache-misses";
  public static final String CACHE_EVICTIONS = "cache-evictions";
  public static final String ITEMS = "items";
  public static final String ITEMS_FROM_TABLES = "items-from-tables";
  public static final String ITEMS_EXPIRED = "items-expired";
  public static final String EDGES_EXPIRED = "edges-expired";
  public static final String PENDING_DELTAS = "pending-deltas";
  public static final String PENDING_BYTES = "pending-bytes";
  public static final String PENDING_REFUSED = "pending-refused";
  public static final String RANKER_LOSS = "ranker-loss";

  /** Changes of the ranking network that a learner has sent and that have not come back. */
  public static final String RANKER_PENDING = "ranker-pending";

  public static final String RANKER_ROWS_PUBLISHED = "ranker-rows-published";
  public static final String CANDIDATE_RECALL = "candidate-recall";
  public static final String RETRIEVAL_PRUNED = "retrieval-pruned";
  public static final String RETRIEVAL_ROWS = "retrieval-rows";
  public static final String RETRIEVAL_RECALL = "retrieval-recall";
  public static final String RETRIEVAL_CELLS = "retrieval-cells";
  public static final String RETRIEVAL_FITS = "retrieval-fits";
  public static final String OFF_HEAP_BYTES = "off-heap-bytes";
  public static final String ROWS_RECEIVED = "rows-received";
  public static final String ROWS_STALE = "rows-stale";

  /**
   * The longest way of a change to its item's owner and back, of late, in ms: the bound on how
   * stale a learner's rows are.
   */
  public static final String ROWS_LAG_MILLIS = "rows-lag-ms";

  public static final String ROWS_PUBLISHED = "rows-published";
  public static final String ROWS_WAITING = "rows-waiting";
  public static final String COMPANIONS_WAITING = "companions-waiting";
  public static final String DELTAS = "deltas";

  /** The group of the codebooks' metrics, by whose codes they are: {@code users}. */
  public static final String BOOKS_GROUP = "books";

  /** The group of metrics of one level, by its number from 1; 0 for the whole path. */
  public static final String LEVEL_GROUP = "level";

  public static final String CODEBOOK_USERS = "codebook-users";
  public static final String CODEBOOK_CODES = "codebook-codes";
  public static final String CODEBOOK_CODES_USED = "codebook-codes-used";
  public static final String CODEBOOK_PERPLEXITY = "codebook-perplexity";
  public static final String CODEBOOK_DEAD = "codebook-dead";
  public static final String CODEBOOK_EXPIRED = "codebook-expired";
  public static final String CODEBOOK_LARGEST_SHARE = "codebook-largest-share";
  public static final String CODEBOOK_ERROR = "codebook-error";
  public static final String CODEBOOK_CENTROID_SHIFT = "codebook-centroid-shift";
  public static final String CODEBOOK_CHANGED = "codebook-changed";
  public static final String CODEBOOK_SEPARATION = "codebook-separation";
  public static final String CODEBOOK_EFFECTIVE_RANK = "codebook-effective-rank";
  public static final String CODEBOOK_VERSION = "codebook-version";
  public static final String CODEBOOK_REFITS = "codebook-refits";
  public static final String CODEBOOK_HELD_BACK = "codebook-held-back";
  public static final String CODEBOOK_ROLLBACKS = "codebook-rollbacks";

  /** Alarms that stand now. */
  public static final String CODEBOOK_ALARMS = "codebook-alarms";

  /** Statistics of learners that were left aside, since other books held by then. */
  public static final String CODEBOOK_STATISTICS_STALE = "codebook-statistics-stale";

  /** By how many versions the codes of a learner's latest users lagged until it saw them again. */
  public static final String CODEBOOK_VERSION_BEHIND = "codebook-version-behind";
}
