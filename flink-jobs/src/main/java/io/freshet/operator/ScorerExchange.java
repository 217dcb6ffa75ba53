// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import io.freshet.model.scorer.CandidateScorer;
import io.freshet.model.scorer.SharedWeights;
import io.freshet.schema.ScorerDelta;
import io.freshet.schema.ScorerRow;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A learner's part in the one network that ranks candidates for all learners' users: it sends what
 * its lessons changed, and lays what they all changed under it. A learner that is alone does
 * neither.
 */
final class ScorerExchange {
  private static final Logger LOG = LoggerFactory.getLogger(ScorerExchange.class);

  /** Learners that are so few lessons apart are as good as one that has them all. */
  private static final int LESSONS_PER_DELTA = 20;

  private final CandidateScorer scorer;
  private final SharedWeights weights;
  private final int learner;
  private final boolean alone;
  private final long oldestEpoch;
  private final Consumer<ScorerDelta> output;

  private long sequence;
  private long sentAfter;
  private long epoch = Long.MIN_VALUE;
  private long version;
  private boolean warned;

  /**
   * @param learner subtask index of the learner
   * @param learners how many there are
   * @param oldestEpoch rows of earlier ones are another job's
   * @param lastSequence larger than any that an earlier run of the learner has sent
   * @param output takes what its lessons changed
   */
  ScorerExchange(
      CandidateScorer scorer,
      int learner,
      int learners,
      long oldestEpoch,
      long lastSequence,
      Consumer<ScorerDelta> output) {
    this.scorer = scorer;
    this.weights = scorer.shared();
    this.learner = learner;
    this.alone = learners == 1;
    this.oldestEpoch = oldestEpoch;
    this.sequence = lastSequence;
    this.output = output;
  }

  /** Sends what lessons have changed, if there were enough of them since the last time. */
  void sendIfDue() {
    if (alone || scorer.lessons() - sentAfter < LESSONS_PER_DELTA) {
      return;
    }
    float[] change = weights.drain(sequence + 1);
    if (change != null) {
      sentAfter = scorer.lessons();
      output.accept(new ScorerDelta(learner, ++sequence, change, weights.values()));
    }
  }

  /** Takes over what all learners have learnt, if it is newer than what is at hand. */
  void apply(ScorerRow row) {
    if (alone || row.epoch() < oldestEpoch || !row.isNewerThan(epoch, version)) {
      return;
    }
    if (weights.take(row.weights(), row.contains(learner))) {
      epoch = row.epoch();
      version = row.version();
    } else if (!warned) {
      warned = true;
      LOG.warn(
          "Leaving a ranking network of {} weights aside: it is of another configuration"
              + " (ranker.width or popularity.half-lives)",
          row.weights().length);
    }
  }

  /** Changes that have left and not come back. */
  int pending() {
    return weights.pending();
  }
}
