// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.codebook.CodeStatistics;
import io.freshet.model.codebook.CodebookFigures;
import io.freshet.model.codebook.CodebookFitState;
import io.freshet.model.codebook.Codebooks;
import io.freshet.model.codebook.DriftAlarm;
import io.freshet.model.codebook.Refit;
import io.freshet.schema.CodeDelta;
import io.freshet.schema.CodebookAlarm;
import io.freshet.schema.CodebookDrift;
import io.freshet.schema.CodebookRow;
import io.freshet.schema.CodebookState;
import java.util.ArrayList;
import java.util.List;

/** Between what operators exchange and keep of codebooks and what the model reckons with. */
final class CodebookRecords {
  private CodebookRecords() {}

  static CodebookRow row(Codebooks books, long eventTime) {
    return new CodebookRow(
        CodebookRow.USERS,
        books.epoch(),
        books.version(),
        books.levels(),
        books.codes(),
        books.dim(),
        books.centroids(),
        books.shares(),
        eventTime);
  }

  /**
   * The books in a record.
   *
   * @throws IllegalArgumentException if they are none that could assign a code
   */
  static Codebooks books(CodebookRow row) {
    return Codebooks.of(
        row.epoch(),
        row.version(),
        row.levels(),
        row.codes(),
        row.dim(),
        row.centroids(),
        row.shares());
  }

  /** What was gathered; the arrays are shared. */
  static CodeDelta delta(CodeStatistics statistics, long eventTime) {
    return new CodeDelta(
        CodebookRow.USERS,
        statistics.epoch(),
        statistics.version(),
        statistics.levels(),
        statistics.codes(),
        statistics.dim(),
        eventTime,
        statistics.users(),
        statistics.squares(),
        statistics.compared(),
        statistics.changedPaths(),
        statistics.counts(),
        statistics.weights(),
        statistics.sums(),
        statistics.residualSquares(),
        statistics.changed(),
        statistics.moments(),
        statistics.paths(),
        statistics.capacity(),
        statistics.sampleVectors(),
        statistics.sampleKeys());
  }

  /** What was gathered; the arrays are shared. */
  static CodeStatistics statistics(CodeDelta delta) {
    return CodeStatistics.of(
        delta.epoch(),
        delta.version(),
        delta.levels(),
        delta.codes(),
        delta.dim(),
        delta.samples(),
        delta.users(),
        delta.squares(),
        delta.compared(),
        delta.changedPaths(),
        delta.counts(),
        delta.weights(),
        delta.sums(),
        delta.residualSquares(),
        delta.changed(),
        delta.moments(),
        delta.paths(),
        delta.sampleVectors(),
        delta.sampleKeys());
  }

  static CodebookState state(CodebookFitState fit, double[] alarms, long eventTime) {
    List<CodebookState.Kept> kept = new ArrayList<>();
    for (int i = 0; i < fit.keptVersions().length; i++) {
      kept.add(
          new CodebookState.Kept(
              fit.keptVersions()[i], fit.keptCentroids()[i], fit.keptCounts()[i]));
    }
    return new CodebookState(
        fit.epoch(),
        fit.version(),
        fit.levels(),
        fit.codes(),
        fit.dim(),
        fit.centroids(),
        fit.counts(),
        fit.sums(),
        fit.lastRefit(),
        eventTime,
        fit.refits(),
        fit.heldBack(),
        fit.rollBacks(),
        fit.stale(),
        kept,
        delta(fit.pending(), eventTime),
        alarms);
  }

  static CodebookFitState fitState(CodebookState state) {
    int kept = state.kept().size();
    long[] versions = new long[kept];
    float[][] centroids = new float[kept][];
    double[][] counts = new double[kept][];
    for (int i = 0; i < kept; i++) {
      versions[i] = state.kept().get(i).version();
      centroids[i] = state.kept().get(i).centroids();
      counts[i] = state.kept().get(i).counts();
    }
    return new CodebookFitState(
        state.epoch(),
        state.version(),
        state.levels(),
        state.codes(),
        state.dim(),
        state.centroids(),
        state.counts(),
        state.sums(),
        state.lastRefit(),
        state.refits(),
        state.heldBack(),
        state.rollBacks(),
        state.stale(),
        versions,
        centroids,
        counts,
        statistics(state.pending()));
  }

  /** What a re-fit has to tell, the whole path first, then level by level. */
  static List<CodebookDrift> drift(
      Refit refit, List<DriftAlarm> alarms, long eventTime, long generatedAt) {
    CodebookDrift.Outcome outcome =
        switch (refit.outcome()) {
          case PUBLISHED -> CodebookDrift.Outcome.PUBLISHED;
          case HELD_BACK -> CodebookDrift.Outcome.HELD_BACK;
          case ROLLED_BACK -> CodebookDrift.Outcome.ROLLED_BACK;
        };
    List<CodebookDrift> drift = new ArrayList<>();
    for (CodebookFigures figures : refit.figures()) {
      drift.add(
          new CodebookDrift(
              CodebookRow.USERS,
              refit.books().epoch(),
              refit.books().version(),
              figures.level(),
              refit.books().levels(),
              eventTime,
              generatedAt,
              outcome,
              refit.reason(),
              figures(figures, refit),
              alarms(alarms)));
    }
    return drift;
  }

  /** That an order to roll back cannot be followed. */
  static CodebookDrift refusal(
      String name,
      Codebooks books,
      String reason,
      List<DriftAlarm> alarms,
      long eventTime,
      long generatedAt) {
    return new CodebookDrift(
        name,
        books.epoch(),
        books.version(),
        0,
        books.levels(),
        eventTime,
        generatedAt,
        CodebookDrift.Outcome.REFUSED,
        reason,
        new CodebookDrift.Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, new double[0]),
        alarms(alarms));
  }

  private static CodebookDrift.Figures figures(CodebookFigures figures, Refit refit) {
    return new CodebookDrift.Figures(
        refit.users(),
        figures.codes(),
        figures.codesUsed(),
        figures.perplexity(),
        figures.dead(),
        figures.expired(),
        figures.largestShare(),
        figures.error(),
        figures.centroidShift(),
        figures.changed(),
        figures.separation(),
        refit.effectiveRank(),
        figures.usage());
  }

  private static List<CodebookAlarm> alarms(List<DriftAlarm> alarms) {
    return alarms.stream()
        .map(
            alarm ->
                new CodebookAlarm(
                    alarm.metric(),
                    alarm.level(),
                    alarm.detector(),
                    alarm.value(),
                    alarm.threshold(),
                    alarm.since()))
        .toList();
  }
}
