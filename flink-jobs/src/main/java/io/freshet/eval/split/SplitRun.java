// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import io.freshet.eval.split.SplitResult.Ending;
import io.freshet.kernel.Kernels;
import io.freshet.model.batch.BatchTrainer;
import io.freshet.model.encoder.NodeRows;
import io.freshet.model.encoder.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains once, by the protocol of the papers: validate every few epochs, test at each validation
 * that is better than all before, stop when none was for a while.
 */
public final class SplitRun {
  private static final double NANOS = 1e9;

  private final BatchTrainer trainer;
  private final SplitProtocol protocol;
  private final SplitRanking validRanking;
  private final SplitRanking testRanking;
  private final List<CurvePoint> curve = new ArrayList<>();
  private final long startedAt = System.nanoTime();
  private long learningNanos;
  private CurvePoint best;
  private SplitMetrics test;
  private Parameters bestParameters;

  /**
   * @param trainer that has not yet learnt
   */
  public SplitRun(SplitData data, BatchTrainer trainer, SplitProtocol protocol, Kernels kernels) {
    this.trainer = trainer;
    this.protocol = protocol;
    this.validRanking =
        new SplitRanking(data.train().byUser(), data.valid(), protocol.k(), kernels);
    this.testRanking = new SplitRanking(data.train().byUser(), data.test(), protocol.k(), kernels);
  }

  /**
   * Runs to the end; may be called once. A run that is stopped before its first validation makes
   * one then.
   *
   * @param name of the result
   * @param seed of the result
   */
  public SplitResult run(String name, long seed, SplitListener listener) {
    Ending ending = Ending.EPOCHS;
    int epoch = 0;
    while (epoch < protocol.epochs()) {
      epoch++;
      long before = System.nanoTime();
      double loss = trainer.epoch();
      learningNanos += System.nanoTime() - before;
      listener.epoch(epoch, loss);
      boolean diverged = !Double.isFinite(loss);
      boolean stopped = listener.isStopped();
      if (epoch % protocol.validateEvery() == 0
          || epoch == protocol.epochs()
          || ((stopped || diverged) && best == null)) {
        validate(epoch, loss, listener);
      }
      if (diverged || stopped) {
        ending = diverged ? Ending.DIVERGED : Ending.STOPPED;
        break;
      }
      if (epoch - best(epoch) >= protocol.patience() * protocol.validateEvery()) {
        ending = Ending.PATIENCE;
        break;
      }
    }
    return new SplitResult(
        name, seed, best.epoch(), learningNanos / NANOS / epoch, ending, best.valid(), test, curve);
  }

  /** What had been learnt at the best validation; null before the first. */
  public Parameters bestParameters() {
    return bestParameters;
  }

  private int best(int epoch) {
    return best == null ? epoch : best.epoch();
  }

  private void validate(int epoch, double loss, SplitListener listener) {
    NodeRows rows = trainer.rows();
    CurvePoint now = new CurvePoint(epoch, loss, validRanking.measure(rows));
    curve.add(now);
    if (best == null || now.valid().ndcg() > best.valid().ndcg()) {
      best = now;
      test = testRanking.measure(rows);
      bestParameters = trainer.parameters().copy();
    }
    int last =
        Math.min(protocol.epochs(), best.epoch() + protocol.patience() * protocol.validateEvery());
    double elapsed = (System.nanoTime() - startedAt) / NANOS;
    listener.validated(
        new SplitProgress(
            now, best, learningNanos / NANOS / epoch, elapsed / epoch * (last - epoch)));
  }
}
