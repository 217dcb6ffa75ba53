// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.OnlineModel;
import io.freshet.model.SplitMix;
import io.freshet.model.UserProfile;
import io.freshet.model.codebook.CodeStatistics;
import io.freshet.model.codebook.CodebookOptions;
import io.freshet.model.codebook.Codebooks;
import io.freshet.model.codebook.ResidualQuantiser;
import io.freshet.schema.CodeDelta;
import io.freshet.schema.CodebookRow;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The codes of a learner's users. A user gets codes of the newest books whenever it is in a
 * mini-step, and no sooner: those who are not there keep the codes of older books. What the fitter
 * needs to know of the users' vectors is gathered on the way, and sent once a second at most.
 *
 * <p>What was gathered by books that newer ones replace is dropped, since sums by code of the old
 * ones say nothing of the new ones.
 */
final class UserCodes {
  private static final Logger LOG = LoggerFactory.getLogger(UserCodes.class);

  private static final long SEND_INTERVAL_MILLIS = 1000;

  private final CodebookOptions options;
  private final OnlineModel model;
  private final long oldestEpoch;
  private final LongSupplier clock;
  private final Consumer<CodeDelta> output;
  private final SplitMix random;
  private final int dim;
  private final VectorWeights weights;

  private Codebooks books;
  private ResidualQuantiser quantiser;
  private CodeStatistics gathered;
  private long eventTime;
  private long sentAt;

  // Another thread reads it, for a metric.
  private volatile double versionsBehind;

  private UserProfile[] users = {};
  private float[] vectors = {};
  private int[] codes = {};

  /**
   * @param options null to give no codes at all
   * @param learner of those that share the fitter; each draws another sample
   * @param oldestEpoch books of earlier ones are another job's
   * @param clock the wall clock, ms
   * @param output takes what was gathered
   */
  UserCodes(
      CodebookOptions options,
      OnlineModel model,
      int learner,
      long oldestEpoch,
      LongSupplier clock,
      Consumer<CodeDelta> output) {
    this.options = options;
    this.model = model;
    this.oldestEpoch = oldestEpoch;
    this.clock = clock;
    this.output = output;
    this.dim = model.options().dim();
    this.random = new SplitMix(SplitMix.mix(options == null ? 0 : options.seed(), learner));
    this.weights = new VectorWeights(options == null ? 0 : options.intervalWeighting());
    this.sentAt = clock.getAsLong();
    if (options != null) {
      use(Codebooks.empty(0, options.levels(), options.codes(), dim));
    }
  }

  private void use(Codebooks newer) {
    books = newer;
    quantiser = newer.isEmpty() ? null : new ResidualQuantiser(newer, options.fillScaling());
    gathered = new CodeStatistics(newer, options.samples());
  }

  /** Takes books over, if they are newer than those at hand and of the shape that is asked for. */
  void apply(CodebookRow row) {
    if (options == null
        || row.epoch() < oldestEpoch
        || !row.books().equals(CodebookRow.USERS)
        || !row.isNewerThan(books.epoch(), books.version())) {
      return;
    }
    if (row.levels() != options.levels() || row.codes() != options.codes() || row.dim() != dim) {
      LOG.warn(
          "Leaving codebooks of {} levels of {} codes of {} values aside; those of another"
              + " configuration",
          row.levels(),
          row.codes(),
          row.dim());
      return;
    }
    use(CodebookRecords.books(row));
  }

  /** Gives these users codes, as they are now; those of whom too little is known keep theirs. */
  void assign(Collection<UserProfile> active) {
    if (options == null || active.isEmpty()) {
      return;
    }
    int count = load(active);
    if (count == 0) {
      return;
    }
    if (quantiser == null) {
      ResidualQuantiser.gatherVectors(vectors, count, gathered, random);
    } else {
      give(count);
    }
    Arrays.fill(users, 0, count, null); // the cache may let go of them
    if (clock.getAsLong() - sentAt >= SEND_INTERVAL_MILLIS) {
      send();
    }
  }

  private int load(Collection<UserProfile> active) {
    if (users.length < active.size()) {
      users = new UserProfile[active.size()];
      vectors = new float[users.length * dim];
      codes = new int[users.length * options.levels()];
    }
    int count = 0;
    for (UserProfile user : active) {
      if (model.vector(user, vectors, count * dim)) {
        users[count++] = user;
        eventTime = Math.max(eventTime, user.lastSeen());
      }
    }
    return count;
  }

  private void give(int count) {
    int levels = books.levels();
    long behind = 0;
    int had = 0;
    for (int i = 0; i < count; i++) {
      int[] before = users[i].codes();
      if (before.length == levels) {
        System.arraycopy(before, 0, codes, i * levels, levels);
        behind += Math.max(0, books.version() - users[i].codesVersion());
        had++;
      } else {
        Arrays.fill(codes, i * levels, (i + 1) * levels, -1);
      }
    }
    versionsBehind = had == 0 ? 0 : (double) behind / had;
    quantiser.gather(vectors, count, weights.of(users, count), codes, codes, gathered, random);
    for (int i = 0; i < count; i++) {
      users[i].giveCodes(
          Arrays.copyOfRange(codes, i * levels, (i + 1) * levels),
          books.epoch(),
          books.version(),
          users[i].lastSeen());
    }
  }

  /** Sends what was gathered; nothing of it is left to be in a checkpoint. */
  void send() {
    sentAt = clock.getAsLong();
    if (gathered != null && gathered.users() > 0) {
      output.accept(CodebookRecords.delta(gathered, eventTime));
      gathered = new CodeStatistics(books, options.samples());
    }
  }

  /** Mean number of versions by which the codes of the latest users lagged until now. */
  double versionsBehind() {
    return versionsBehind;
  }
}
