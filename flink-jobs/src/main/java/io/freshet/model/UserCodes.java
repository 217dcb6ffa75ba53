// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

import io.freshet.model.codebook.CodeStatistics;
import io.freshet.model.codebook.CodebookOptions;
import io.freshet.model.codebook.Codebooks;
import io.freshet.model.codebook.ResidualQuantiser;
import java.util.Arrays;

/**
 * Gives the users who learned something in a mini-step their codes by the books of the moment, and
 * gathers what a re-fit asks for. Users who do not act keep the codes that they had.
 */
final class UserCodes {

  private static final int[] NONE = {-1};

  /** Bounds on the time since a user's last codes, as multiples of the mean of such times. */
  private static final float LEAST_INTERVAL = 0.01f;

  private static final float MOST_INTERVAL = 100;

  /** Times since the last codes over which their mean is taken. */
  private static final double MEMORY = 10_000;

  private final CodebookOptions options;
  private final int dim;
  private final SplitMix random;

  // Null where nobody asks what users of the same codes took.
  private final PrefixItems prefixes;
  private Codebooks books;
  private ResidualQuantiser quantiser;
  private CodeStatistics gathered;

  // The users of the mini-step, each once.
  private UserProfile[] users = new UserProfile[64];
  private int count;

  private float[] rows;
  private int[] codes = {};
  private float[] weights = {};
  private double meanInterval;
  private double intervals;

  /**
   * @param prefixes which follow their users; null for none
   */
  UserCodes(ModelOptions options, PrefixItems prefixes) {
    this.options = options.codebooks();
    this.prefixes = prefixes;
    this.dim = options.dim();
    this.rows = new float[users.length * dim];
    this.random = new SplitMix(options.seed());
    use(Codebooks.empty(Long.MIN_VALUE, this.options.levels(), this.options.codes(), dim));
  }

  Codebooks books() {
    return books;
  }

  /** Uses other books from now on; what was gathered by those before is stale, and dropped. */
  void use(Codebooks other) {
    if (other.levels() != options.levels()
        || other.codes() != options.codes()
        || other.dim() != dim) {
      throw new IllegalArgumentException(
          "books of %d levels of %d codes of %d values, not %d of %d of %d"
              .formatted(
                  other.levels(),
                  other.codes(),
                  other.dim(),
                  options.levels(),
                  options.codes(),
                  dim));
    }
    books = other;
    quantiser = other.isEmpty() ? null : new ResidualQuantiser(other, options.fillScaling());
    gathered = null;
  }

  /** What was gathered since the last call, or null if there was nothing to gather. */
  CodeStatistics drain() {
    CodeStatistics drained = gathered;
    gathered = null;
    return drained;
  }

  /**
   * Adds a user to the mini-step, or gives one who is there another row.
   *
   * @param row by which the user is scored; copied
   */
  void touch(UserProfile user, float[] row) {
    if (user.coded == 0) {
      if (count == users.length) {
        users = Arrays.copyOf(users, 2 * count);
        rows = Arrays.copyOf(rows, 2 * rows.length);
      }
      users[count++] = user;
      user.coded = count;
    }
    System.arraycopy(row, 0, rows, (user.coded - 1) * dim, dim);
  }

  /** Assigns the users of the mini-step, which ends. */
  void assign() {
    if (count == 0) {
      return;
    }
    load();
    if (gathered == null) {
      gathered = new CodeStatistics(books, options.samples());
    }
    if (quantiser == null) {
      ResidualQuantiser.gatherVectors(rows, count, gathered, random);
    } else {
      float[] weighed = options.intervalWeighting() > 0 ? weights : null;
      quantiser.gather(rows, count, weighed, codes, codes, gathered, random);
    }
    int levels = options.levels();
    for (int u = 0; u < count; u++) {
      if (quantiser != null) {
        int[] path = Arrays.copyOfRange(codes, u * levels, (u + 1) * levels);
        if (prefixes != null) {
          prefixes.move(users[u].codes(), path, users[u].history);
        }
        users[u].code(path, books.epoch(), books.version(), users[u].lastSeen);
      }
      users[u].coded = 0;
      users[u] = null;
    }
    count = 0;
  }

  private void load() {
    int levels = options.levels();
    if (codes.length < count * levels) {
      codes = new int[2 * count * levels];
      weights = new float[2 * count];
    }
    for (int u = 0; u < count; u++) {
      UserProfile user = users[u];
      int[] had = user.codes().length == levels ? user.codes() : NONE;
      System.arraycopy(had, 0, codes, u * levels, had.length);
      weights[u] = weight(user);
    }
  }

  /** A user who comes rarely weighs more: those who come often would else make all the codes. */
  private float weight(UserProfile user) {
    if (user.codes().length == 0) {
      return 1;
    }
    double interval = Math.max(0, user.lastSeen - user.codesTime());
    intervals = Math.min(MEMORY, intervals + 1);
    meanInterval += (interval - meanInterval) / intervals;
    double relative = meanInterval > 0 ? interval / meanInterval : 1;
    double bounded = Math.max(LEAST_INTERVAL, Math.min(MOST_INTERVAL, relative));
    return (float) Math.pow(bounded, options.intervalWeighting());
  }
}
