// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

/** One baseline under test: what it scored and what it cost so far. */
final class Trial {
  private static final double NANOS_PER_MICRO = 1000;

  private final Baseline baseline;
  private final long seed;
  private final QualityCurve curve = new QualityCurve();
  private QualityTotals window = new QualityTotals();
  private long recommendNanos;
  private long recommended;
  private long learnNanos;
  private long learned;

  Trial(Baseline baseline, long seed) {
    this.baseline = baseline;
    this.seed = seed;
  }

  void test(EventGroup group, Candidates candidates, CpuClock clock) {
    long start = clock.nanos();
    for (int e = 0; e < group.size(); e++) {
      if (!group.isTested(e)) {
        continue;
      }
      int user = group.user(e);
      int item = group.item(e);
      int rank = QualityTotals.MISS;
      if (candidates.contains(item)) {
        double[] scores = baseline.scores(user, group.timeMs(), candidates.size());
        rank = candidates.rank(scores, user, item);
        recommended++;
      }
      boolean warm = candidates.isWarm(user, item);
      curve.add(rank, warm);
      window.add(rank, warm);
    }
    recommendNanos += clock.nanos() - start;
  }

  void learn(EventGroup group, CpuClock clock) {
    long start = clock.nanos();
    for (int e = 0; e < group.size(); e++) {
      baseline.learn(group.user(e), group.item(e), group.timeMs(), !group.isTested(e));
    }
    learned += group.size();
    learnNanos += clock.nanos() - start;
  }

  void tenthPassed(CpuClock clock) {
    long start = clock.nanos();
    baseline.tenthPassed();
    learnNanos += clock.nanos() - start;
  }

  QualityTotals takeWindow() {
    QualityTotals taken = window;
    window = new QualityTotals();
    return taken;
  }

  EvaluationRow row() {
    CpuCost cpu =
        new CpuCost(
            recommendNanos / NANOS_PER_MICRO / Math.max(1, recommended),
            learnNanos / NANOS_PER_MICRO / Math.max(1, learned));
    return EvaluationRow.of(baseline.name(), baseline.setting(), seed, curve, cpu);
  }
}
