// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import java.util.Arrays;

/**
 * Fits the books while the stream runs. The first fit is k-means over a sample; later ones move the
 * codes by what learners gathered since, and replace those that hardly any vector has. A re-fit
 * that makes things worse is held back, and an earlier version can be had back.
 *
 * <pre>{@code
 * fit.add(statistics);
 * if (fit.ready(eventTime)) {
 *   Refit refit = fit.refit(eventTime);
 *   // publish refit.books() if it is PUBLISHED, and what it tells
 * }
 * }</pre>
 *
 * <p>Used by one thread.
 */
public final class CodebookFit {

  private final CodebookOptions options;
  private final int dim;
  private final KeptBooks kept;
  private Codebooks books;
  private DecayedCodes decayed;
  private CodeStatistics pending;
  private long lastRefit = Long.MIN_VALUE;
  private long refits;
  private long heldBack;
  private long rollBacks;
  private long stale;

  /**
   * Nothing is fitted yet.
   *
   * @param epoch of the books to be published
   */
  public CodebookFit(CodebookOptions options, int dim, long epoch) {
    this.options = options;
    this.dim = dim;
    this.kept = new KeptBooks(options.versions());
    this.decayed = new DecayedCodes(options.levels(), options.codes(), dim);
    this.books = Codebooks.empty(epoch, options.levels(), options.codes(), dim);
    startGathering();
  }

  /**
   * Goes on from a state. The books keep their version and become those of a new epoch, since
   * versions after the state's may have been published: whoever restores publishes them anew.
   *
   * @throws IllegalArgumentException if the state is of another shape than the options
   */
  public static CodebookFit restore(
      CodebookOptions options, int dim, long epoch, CodebookFitState state) {
    if (!state.fits(options, dim)) {
      throw new IllegalArgumentException(
          "the state's books have %d levels of %d codes of %d values, not %d of %d of %d"
              .formatted(
                  state.levels(),
                  state.codes(),
                  state.dim(),
                  options.levels(),
                  options.codes(),
                  dim));
    }
    CodebookFit fit = new CodebookFit(options, dim, epoch);
    fit.decayed =
        new DecayedCodes(
            options.levels(), options.codes(), dim, state.counts().clone(), state.sums().clone());
    if (state.centroids().length > 0) {
      fit.books = fit.books(state.version(), state.centroids().clone());
    }
    fit.pending = state.pending().ofEpoch(epoch);
    fit.lastRefit = state.lastRefit();
    fit.refits = state.refits();
    fit.heldBack = state.heldBack();
    fit.rollBacks = state.rollBacks();
    fit.stale = state.stale();
    for (int i = 0; i < state.keptVersions().length; i++) {
      fit.kept.add(state.keptVersions()[i], state.keptCentroids()[i], state.keptCounts()[i]);
    }
    return fit;
  }

  /** All that is needed to go on; a copy. */
  public CodebookFitState state() {
    KeptBooks.Kept[] all = kept.all();
    float[][] keptCentroids = new float[all.length][];
    double[][] keptCounts = new double[all.length][];
    for (int i = 0; i < all.length; i++) {
      keptCentroids[i] = all[i].centroids().clone();
      keptCounts[i] = all[i].counts().clone();
    }
    CodeStatistics gathered = new CodeStatistics(books, options.fitSamples());
    gathered.merge(pending);
    return new CodebookFitState(
        books.epoch(),
        books.version(),
        books.levels(),
        books.codes(),
        dim,
        books.centroids().clone(),
        decayed.counts().clone(),
        decayed.sums().clone(),
        lastRefit,
        refits,
        heldBack,
        rollBacks,
        stale,
        kept.versions(),
        keptCentroids,
        keptCounts,
        gathered);
  }

  /** The books that hold; empty before the first fit. */
  public Codebooks books() {
    return books;
  }

  /**
   * Takes what a learner gathered. Before the first fit only its vectors matter, so that they are
   * taken from a learner that still has earlier books as well.
   *
   * @return false where it is stale, gathered by other books than those that hold: left aside
   */
  public boolean add(CodeStatistics statistics) {
    if (books.isEmpty()) {
      pending.mergeVectors(statistics);
      return true;
    }
    if (!books.same(statistics.epoch(), statistics.version())) {
      stale++;
      return false;
    }
    pending.merge(statistics);
    return true;
  }

  /** Whether a re-fit is due: as many vectors, and as long after the last one, as options ask. */
  public boolean ready(long eventTime) {
    return pending.users() >= options.minUsers()
        && (lastRefit == Long.MIN_VALUE || eventTime - lastRefit >= options.refitIntervalMillis());
  }

  /**
   * Fits the books to what came since the last re-fit, whether or not it is due.
   *
   * @param eventTime in ms, from which the next interval counts
   * @throws IllegalStateException if nothing came
   */
  public Refit refit(long eventTime) {
    if (pending.users() == 0) {
      throw new IllegalStateException("a re-fit without vectors");
    }
    Refit refit = books.isEmpty() ? firstFit() : nextFit();
    lastRefit = eventTime;
    startGathering();
    return refit;
  }

  /**
   * Puts the codes back to where they stood at an earlier version, as a new version; later re-fits
   * go on from there. What was gathered since the last re-fit is left aside.
   *
   * @throws IllegalArgumentException if the version is not kept
   */
  public Refit rollBack(long version) {
    KeptBooks.Kept earlier = kept.find(version);
    if (earlier == null) {
      throw new IllegalArgumentException(
          "version "
              + version
              + " is not kept; those kept are "
              + Arrays.toString(kept.versions()));
    }
    Codebooks before = books;
    decayed =
        DecayedCodes.at(books.levels(), books.codes(), dim, earlier.counts(), earlier.centroids());
    books = books(before.version() + 1, earlier.centroids().clone());
    kept.add(books.version(), books.centroids(), decayed.counts());
    rollBacks++;
    CodebookFigures[] figures =
        new LevelFigures(pending, before, books)
            .all(new int[books.levels()], new int[books.levels()]);
    Refit refit =
        new Refit(
            Refit.Outcome.ROLLED_BACK,
            "to version " + version,
            books,
            false,
            pending.users(),
            EffectiveRank.ofMoments(pending.moments(), dim),
            figures);
    startGathering();
    return refit;
  }

  /** Versions that can be rolled back to, the earliest first. */
  public long[] versions() {
    return kept.versions();
  }

  /** Vectors that came since the last re-fit. */
  public long users() {
    return pending.users();
  }

  /** Re-fits that were published. */
  public long refits() {
    return refits;
  }

  /** Re-fits that were held back, for being worse or since the books stand still. */
  public long heldBack() {
    return heldBack;
  }

  public long rollBacks() {
    return rollBacks;
  }

  /** Statistics left aside because other books hold by now. */
  public long stale() {
    return stale;
  }

  private Refit firstFit() {
    float[] x = pending.samples.vectors();
    int n = pending.samples.size();
    float[] centroids = FirstFit.centroids(options, dim, x, n);
    Codebooks made =
        Codebooks.of(
            books.epoch(), books.version() + 1, books.levels(), books.codes(), dim, centroids);
    CodeStatistics found = ResidualQuantiser.statistics(made, x, n);
    double[] counts = new double[found.counts.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (double) found.counts[i] * pending.users() / n;
    }
    decayed = DecayedCodes.at(books.levels(), books.codes(), dim, counts, centroids);
    publish(books(made.version(), centroids));
    CodebookFigures[] figures =
        new LevelFigures(found, made, made).all(new int[books.levels()], new int[books.levels()]);
    return refit(Refit.Outcome.PUBLISHED, null, figures);
  }

  private Refit nextFit() {
    Attempt attempt = Attempt.of(options, books, decayed, pending);
    if (options.frozenAfter() > 0 && refits >= options.frozenAfter()) {
      attempt = attempt.heldBack("the books stand still after " + refits + " re-fits");
    }
    if (attempt.fault() != null) {
      heldBack++;
      CodebookFigures[] figures =
          new LevelFigures(pending, books, books).all(attempt.dead(), new int[books.levels()]);
      return refit(Refit.Outcome.HELD_BACK, attempt.fault(), figures);
    }
    CodebookFigures[] figures =
        new LevelFigures(pending, books, attempt.books()).all(attempt.dead(), attempt.expired());
    decayed = attempt.decayed();
    publish(attempt.books());
    return refit(Refit.Outcome.PUBLISHED, null, figures);
  }

  private Refit refit(Refit.Outcome outcome, String reason, CodebookFigures[] figures) {
    double rank = EffectiveRank.ofMoments(pending.moments(), dim);
    boolean first = outcome == Refit.Outcome.PUBLISHED && refits == 1;
    return new Refit(outcome, reason, books, first, pending.users(), rank, figures);
  }

  private void publish(Codebooks made) {
    books = made;
    refits++;
    kept.add(made.version(), made.centroids(), decayed.counts());
  }

  private Codebooks books(long version, float[] centroids) {
    return Codebooks.of(
        books.epoch(), version, books.levels(), books.codes(), dim, centroids, decayed.shares());
  }

  private void startGathering() {
    pending = new CodeStatistics(books, options.fitSamples());
  }
}
