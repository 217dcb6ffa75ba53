// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import io.freshet.schema.CodebookDrift;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the re-fits did to the codebooks, level by level, over event time. */
final class CodebookBoard {
  /** Re-fits that were not just published, of which the page tells. */
  static final int NOTABLE = 50;

  private static final int WIDTH = 64;
  private static final int BOOKS = 4;
  private static final int LEVELS = 16;

  private final Map<String, Books> books = new LinkedHashMap<>();

  private static final class Books {
    final Map<Integer, Level> levels = new TreeMap<>();
    final Map<CodebookDrift.Outcome, Long> outcomes = new EnumMap<>(CodebookDrift.Outcome.class);
    final List<CodebookDrift> notable = new ArrayList<>();
  }

  private static final class Level {
    final Series series =
        new Series(
            WIDTH,
            Series.Merge.MEAN,
            Series.Merge.MEAN,
            Series.Merge.MEAN,
            Series.Merge.MEAN,
            Series.Merge.MEAN);
    CodebookDrift latest;
  }

  /**
   * A level, or with number 0 the whole path.
   *
   * @param latest what the last re-fit said
   * @param points perplexity, error, share of users that changed, separation and effective rank
   */
  record LevelView(CodebookDrift latest, List<Series.Point> points) {}

  /**
   * The codebooks of one kind.
   *
   * @param books whose codes
   * @param levels by number, the whole path first where it was told
   * @param outcomes how many re-fits came out how
   * @param notable the latest that were not just published, the newest first
   */
  record View(
      String books,
      List<LevelView> levels,
      Map<CodebookDrift.Outcome, Long> outcomes,
      List<CodebookDrift> notable) {}

  /**
   * Takes a record over.
   *
   * @return whether it is news; one that comes again is not
   */
  synchronized boolean add(CodebookDrift drift) {
    if (drift.level() >= LEVELS || books.size() == BOOKS && !books.containsKey(drift.books())) {
      return false;
    }
    Books of = books.computeIfAbsent(drift.books(), name -> new Books());
    Level level = of.levels.computeIfAbsent(drift.level(), number -> new Level());
    if (level.latest != null && !isAfter(drift, level.latest)) {
      return false;
    }
    level.latest = drift;
    CodebookDrift.Figures figures = drift.figures();
    // An order to roll back measures nothing anew, and two re-fits may know of the same last event.
    level.series.add(
        drift.eventTime(),
        measured(figures.perplexity()),
        figures.error(),
        figures.changed(),
        figures.separation(),
        figures.effectiveRank());
    if (drift.level() == 0) {
      of.outcomes.merge(drift.outcome(), 1L, Long::sum);
      if (drift.outcome() != CodebookDrift.Outcome.PUBLISHED) {
        if (of.notable.size() == NOTABLE) {
          of.notable.remove(NOTABLE - 1);
        }
        of.notable.add(0, drift);
      }
    }
    return true;
  }

  // Held back, a re-fit has no version of its own; then its time tells.
  private static boolean isAfter(CodebookDrift drift, CodebookDrift latest) {
    if (drift.epoch() != latest.epoch()) {
      return drift.epoch() > latest.epoch();
    }
    return drift.version() > latest.version()
        || (drift.version() == latest.version() && drift.generatedAt() > latest.generatedAt());
  }

  // 0 stands for not known: no distribution has a perplexity under 1.
  private static double measured(double perplexity) {
    return perplexity == 0 ? Double.NaN : perplexity;
  }

  synchronized List<View> view() {
    List<View> views = new ArrayList<>();
    for (Map.Entry<String, Books> entry : books.entrySet()) {
      List<LevelView> levels = new ArrayList<>();
      for (Level level : entry.getValue().levels.values()) {
        levels.add(new LevelView(level.latest, level.series.points()));
      }
      views.add(
          new View(
              entry.getKey(),
              levels,
              new EnumMap<>(entry.getValue().outcomes),
              List.copyOf(entry.getValue().notable)));
    }
    return views;
  }
}
