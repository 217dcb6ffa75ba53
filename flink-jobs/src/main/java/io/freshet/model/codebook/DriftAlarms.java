// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.codebook;

import java.util.ArrayList;
import java.util.List;

/**
 * Says when the stream is no longer what it was: a test by Page and Hinkley on each level's error
 * and perplexity and on the effective rank, observed once a re-fit, and ADWIN on the share of hits
 * of lists tested before they are learned from. Used by one thread.
 */
public final class DriftAlarms {

  /** A level's error: an alarm when it rises. */
  public static final String ERROR = "error";

  /** A level's perplexity: an alarm when it falls. */
  public static final String PERPLEXITY = "perplexity";

  /** The vectors' effective rank: an alarm when it falls. */
  public static final String EFFECTIVE_RANK = "effective_rank";

  /** The share of hits: an alarm when it falls. */
  public static final String RECALL = "recall";

  /** Under this share of its mean no deviation of a metric counts. */
  private static final double LEAST_DEVIATION = 0.01;

  /** The same for perplexity: a tenth less, slowly, is a model that has found fewer groups. */
  private static final double LEAST_DEVIATION_OF_PERPLEXITY = 0.03;

  private final MetricWatch[] errors;
  private final MetricWatch[] perplexities;
  private final MetricWatch rank = new MetricWatch(EFFECTIVE_RANK, 0, false, LEAST_DEVIATION);
  private final RecallWatch recall = new RecallWatch();

  /** No alarm stands yet. */
  public DriftAlarms(int levels) {
    errors = new MetricWatch[levels];
    perplexities = new MetricWatch[levels];
    for (int l = 0; l < levels; l++) {
      errors[l] = new MetricWatch(ERROR, l + 1, true, LEAST_DEVIATION);
      perplexities[l] = new MetricWatch(PERPLEXITY, l + 1, false, LEAST_DEVIATION_OF_PERPLEXITY);
    }
  }

  /**
   * Observes what a re-fit found, whatever became of it. The first fit is left aside, as its
   * figures are those of its own vectors, and a roll-back, as it may come at any moment.
   *
   * @param eventTime in ms
   */
  public void observe(Refit refit, long eventTime) {
    if (refit.outcome() == Refit.Outcome.ROLLED_BACK || refit.first()) {
      return;
    }
    for (int l = 0; l < errors.length; l++) {
      errors[l].add(refit.figures()[l + 1].error(), eventTime);
      perplexities[l].add(refit.figures()[l + 1].perplexity(), eventTime);
    }
    rank.add(refit.effectiveRank(), eventTime);
  }

  /**
   * Observes a window of tests.
   *
   * @param hits lists that held the item
   * @param eventTime in ms, of the window's end
   */
  public void observeRecall(double hits, long tests, long eventTime) {
    recall.add(hits, tests, eventTime);
  }

  /**
   * The alarms that stand, to be published: one that was raised since the last time is among them
   * even where what it was about is over.
   */
  public List<DriftAlarm> tell() {
    List<DriftAlarm> standing = standing();
    recall.tell();
    return standing;
  }

  /** The alarms that stand, by metric and level. */
  public List<DriftAlarm> standing() {
    List<DriftAlarm> standing = new ArrayList<>();
    for (MetricWatch watch : errors) {
      add(watch.alarm(), standing);
    }
    for (MetricWatch watch : perplexities) {
      add(watch.alarm(), standing);
    }
    add(rank.alarm(), standing);
    add(recall.alarm(), standing);
    return standing;
  }

  private static void add(DriftAlarm alarm, List<DriftAlarm> to) {
    if (alarm != null) {
      to.add(alarm);
    }
  }

  /** All that is needed to go on. */
  public double[] state() {
    int levels = errors.length;
    double[] state = new double[length(levels)];
    for (int l = 0; l < levels; l++) {
      errors[l].write(state, 2 * l * MetricWatch.STATE);
      perplexities[l].write(state, (2 * l + 1) * MetricWatch.STATE);
    }
    rank.write(state, 2 * levels * MetricWatch.STATE);
    recall.write(state, (2 * levels + 1) * MetricWatch.STATE);
    return state;
  }

  /**
   * Goes on from a state; from nothing if it is one of another number of levels.
   *
   * @param state as {@link #state()} gave it
   */
  public static DriftAlarms restore(int levels, double[] state) {
    DriftAlarms alarms = new DriftAlarms(levels);
    if (state.length == length(levels)) {
      for (int l = 0; l < levels; l++) {
        alarms.errors[l].read(state, 2 * l * MetricWatch.STATE);
        alarms.perplexities[l].read(state, (2 * l + 1) * MetricWatch.STATE);
      }
      alarms.rank.read(state, 2 * levels * MetricWatch.STATE);
      alarms.recall.read(state, (2 * levels + 1) * MetricWatch.STATE);
    }
    return alarms;
  }

  private static int length(int levels) {
    return (2 * levels + 1) * MetricWatch.STATE + RecallWatch.STATE;
  }
}
