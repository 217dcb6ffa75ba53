// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs baselines over a stream by the prequential protocol: test, then learn.
 *
 * <pre>{@code
 * PrequentialEvaluation evaluation = StandardBaselines.evaluation(Retraining.none(), 1, 2, 3);
 * evaluation.add(user, item, positive, timeMs); // for each event, in order
 * evaluation.finish();
 * List<EvaluationRow> rows = evaluation.bestRows();
 * }</pre>
 *
 * <ul>
 *   <li>Grouped rule: events of equal time are all tested before any of them is learned; what the
 *       baselines know during the test is what they knew before that moment.
 *   <li>Tested are positives that are a user's first with that item. Repeats are learned only.
 *   <li>Ranked is every item with a positive event so far, minus the user's own.
 *   <li>Events that are not positive neither teach nor make a user or an item seen.
 * </ul>
 *
 * <p>Not thread safe. Memory: the baselines', and 8 to 16 bytes for each distinct (user, item).
 */
public final class PrequentialEvaluation {
  private static final int UNNUMBERED = -1;
  private static final int TENTHS = 10;

  private final List<Trial> trials;
  private final CpuClock clock = new CpuClock();
  private final EventGroup group = new EventGroup();
  private final Candidates candidates = new Candidates();
  private final PairSet pairs = new PairSet();
  private int[] numberOfItem = new int[0];
  private int numbered;
  private final long events;
  private long taken;
  private int tenths;
  private boolean started;

  /**
   * @param events in the whole stream, of which each tenth is announced to the baselines
   */
  PrequentialEvaluation(List<Trial> trials, long events) {
    this.trials = List.copyOf(trials);
    this.events = events;
  }

  /**
   * Takes the next event. Tests happen when the group is complete: at the first event of a later
   * time, or in {@link #finish}.
   *
   * @param user a small non-negative number; memory grows with the largest
   * @param item a small non-negative number; memory grows with the largest
   * @throws IllegalArgumentException if a number is negative or time runs backwards
   */
  public void add(int user, int item, boolean positive, long timeMs) {
    if (user < 0 || item < 0) {
      throw new IllegalArgumentException("negative number: user " + user + ", item " + item);
    }
    if (!started || timeMs > group.timeMs()) {
      runGroup();
      announceTenth();
      group.clear(timeMs);
      started = true;
    } else if (timeMs < group.timeMs()) {
      throw new IllegalArgumentException(
          "events must be in order of time: " + timeMs + " after " + group.timeMs());
    }
    taken++;
    if (positive) {
      group.add(user, number(item), pairs.add(user, item));
    }
  }

  /** Tests and learns the last group. More events of a later or the same time may follow. */
  public void finish() {
    runGroup();
    group.clear(group.timeMs());
  }

  private void announceTenth() {
    int tenth = (int) (TENTHS * taken / events);
    if (tenth > tenths && tenth < TENTHS) {
      tenths = tenth;
      for (Trial trial : trials) {
        trial.tenthPassed(clock);
      }
    }
  }

  private void runGroup() {
    if (group.size() == 0) {
      return;
    }
    for (Trial trial : trials) {
      trial.test(group, candidates, clock);
      trial.learn(group, clock);
    }
    candidates.learn(group);
  }

  /** Items are numbered by first positive event: the order that breaks ties. */
  private int number(int item) {
    if (item >= numberOfItem.length) {
      int from = numberOfItem.length;
      numberOfItem = Arrays.copyOf(numberOfItem, Math.max(item + 1, from * 2));
      Arrays.fill(numberOfItem, from, numberOfItem.length, UNNUMBERED);
    }
    if (numberOfItem[item] == UNNUMBERED) {
      numberOfItem[item] = numbered++;
    }
    return numberOfItem[item];
  }

  /** The results so far of every instance, in the order of the instances. */
  public List<EvaluationRow> rows() {
    List<EvaluationRow> rows = new ArrayList<>();
    for (Trial trial : trials) {
      rows.add(trial.row());
    }
    return rows;
  }

  /**
   * The results so far, one setting for each name: the one with the highest warm Recall@20 averaged
   * over its seeds, looked up on this very stream. That favours the baselines.
   */
  public List<EvaluationRow> bestRows() {
    return BestSettings.of(rows());
  }

  /**
   * The totals since the last call for each instance, in the order of {@link #rows}. A group that
   * may still grow is in the next window.
   */
  public List<QualityTotals> takeWindow() {
    List<QualityTotals> windows = new ArrayList<>();
    for (Trial trial : trials) {
      windows.add(trial.takeWindow());
    }
    return windows;
  }
}
