// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.OnlineModel;
import io.freshet.model.UserProfile;
import io.freshet.model.codebook.CodeStatistics;
import io.freshet.model.codebook.Codebooks;
import io.freshet.schema.CodeDelta;
import io.freshet.schema.CodebookRow;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A learner's part in the codebooks: it takes over the newest books, by which the model gives users
 * codes whenever they learn something, and sends the fitter what the model gathers on the way, once
 * a second at most. Users who are not there keep the codes of older books.
 *
 * <p>What was gathered by books that newer ones replace is dropped, since sums by code of the old
 * ones say nothing of the new ones.
 */
final class CodeGathering {
  private static final Logger LOG = LoggerFactory.getLogger(CodeGathering.class);

  private static final long SEND_INTERVAL_MILLIS = 1000;

  private final OnlineModel model;
  private final long oldestEpoch;
  private final LongSupplier clock;
  private final Consumer<CodeDelta> output;
  private long eventTime;
  private long sentAt;

  // Another thread reads it, for a metric.
  private volatile double versionsBehind;

  /**
   * @param oldestEpoch books of earlier ones are another job's
   * @param clock the wall clock, ms
   * @param output takes what was gathered
   */
  CodeGathering(
      OnlineModel model, long oldestEpoch, LongSupplier clock, Consumer<CodeDelta> output) {
    this.model = model;
    this.oldestEpoch = oldestEpoch;
    this.clock = clock;
    this.output = output;
    this.sentAt = clock.getAsLong();
  }

  /** Takes books over, if they are newer than those at hand and of the shape that is asked for. */
  void apply(CodebookRow row) {
    Codebooks books = model.books();
    if (books == null
        || row.epoch() < oldestEpoch
        || !row.books().equals(CodebookRow.USERS)
        || !row.isNewerThan(books.epoch(), books.version())) {
      return;
    }
    if (row.levels() != books.levels()
        || row.codes() != books.codes()
        || row.dim() != books.dim()) {
      LOG.warn(
          "Leaving codebooks of {} levels of {} codes of {} values aside: they are of another"
              + " configuration",
          row.levels(),
          row.codes(),
          row.dim());
      return;
    }
    model.books(CodebookRecords.books(row));
  }

  /** Notes how old the codes of the users of a mini-step are, before they get new ones. */
  void note(Collection<UserProfile> active) {
    Codebooks books = model.books();
    if (books == null) {
      return;
    }
    long behind = 0;
    int coded = 0;
    for (UserProfile user : active) {
      eventTime = Math.max(eventTime, user.lastSeen());
      if (user.codes().length > 0) {
        behind += Math.max(0, books.version() - user.codesVersion());
        coded++;
      }
    }
    versionsBehind = coded == 0 ? 0 : (double) behind / coded;
  }

  /** Sends what was gathered, if the last time was long enough ago. */
  void sendIfDue() {
    if (clock.getAsLong() - sentAt >= SEND_INTERVAL_MILLIS) {
      send();
    }
  }

  /** Sends what was gathered; nothing of it is left to be in a checkpoint. */
  void send() {
    sentAt = clock.getAsLong();
    CodeStatistics gathered = model.codeStatistics();
    if (gathered != null) {
      output.accept(CodebookRecords.delta(gathered, eventTime));
    }
  }

  /** By how many versions the codes of the latest users lagged until now, on average. */
  double versionsBehind() {
    return versionsBehind;
  }
}
