// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.eval.split.SplitResult.Ending;
import io.freshet.kernel.Kernels;
import io.freshet.model.batch.BatchTrainer;
import io.freshet.model.batch.BoundaryNegatives;
import io.freshet.model.batch.Contrast;
import io.freshet.model.batch.TrainingOptions;
import io.freshet.model.encoder.LightGcn;
import io.freshet.model.encoder.Readout;
import io.freshet.model.encoder.TopKGat;
import io.freshet.model.loss.Bpr;
import io.freshet.model.loss.SmoothPrecision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Over planted taste. A user is left with 7 of 15 items of its group among 52 that are ranked, and
 * 2 of the 7 are tested: a list of 5 in any order has an NDCG of about 0.08, one of the group's
 * items of about 0.6.
 */
class SplitRunTest {
  private static final int K = 5;
  private static final int EVERY = 5;
  private static final double LEARNT = 0.4;

  @TempDir private Path directory;
  private SplitData data;
  private final Heard heard = new Heard();

  @BeforeEach
  void generate() throws IOException {
    data = SplitData.read(PlantedSplit.write(directory));
  }

  @Test
  void trainingFindsThePlantedTaste() {
    double untrained = run(0, 1e-6, 1, 1).test().ndcg();
    SplitResult trained = run(60, 0.05, 1, 1);

    assertThat(untrained).isLessThan(LEARNT / 2);
    assertThat(trained.test().ndcg()).isGreaterThan(LEARNT);
    assertThat(trained.test().users()).isEqualTo(80);
    assertThat(trained.secondsPerEpoch()).isPositive();
  }

  @Test
  void theSameSeedGivesTheSameFiguresForAnyNumberOfThreads() {
    SplitResult one = run(30, 0.05, 7, 1);
    SplitResult three = run(30, 0.05, 7, 3);
    SplitResult other = run(30, 0.05, 8, 1);

    assertThat(three.curve()).isEqualTo(one.curve());
    assertThat(three.test()).isEqualTo(one.test());
    assertThat(other.curve()).isNotEqualTo(one.curve());
  }

  @Test
  void theResultIsThatOfTheBestValidationAndPatienceEndsTheRun() {
    SplitResult result = run(1000, 0.05, 1, 1);

    assertThat(result.ended()).isEqualTo(Ending.PATIENCE);
    CurvePoint last = result.curve().get(result.curve().size() - 1);
    assertThat(last.epoch()).isEqualTo(result.epoch() + 3 * EVERY);
    assertThat(result.curve())
        .filteredOn(point -> point.epoch() == result.epoch())
        .singleElement()
        .satisfies(point -> assertThat(point.valid()).isEqualTo(result.valid()));
    assertThat(result.curve())
        .allSatisfy(p -> assertThat(p.valid().ndcg()).isLessThanOrEqualTo(result.valid().ndcg()));
  }

  @Test
  void whoListensHearsEveryEpochAndEveryValidation() {
    SplitResult result = run(12, 0.05, 1, 1);

    assertThat(result.ended()).isEqualTo(Ending.EPOCHS);
    assertThat(heard.epochs).isEqualTo(12);
    assertThat(heard.validations)
        .extracting(progress -> progress.now().epoch())
        .containsExactly(5, 10, 12);
    assertThat(heard.validations.get(2).secondsLeft()).isZero();
    assertThat(heard.validations.get(0).secondsLeft()).isPositive();
  }

  @Test
  void aRunThatIsStoppedBeforeItsFirstValidationStillHasAResult() {
    heard.stopAfter = 3;

    SplitResult result = run(1000, 0.05, 1, 1);

    assertThat(result.ended()).isEqualTo(Ending.STOPPED);
    assertThat(result.epoch()).isEqualTo(3);
    assertThat(result.curve()).hasSize(1);
  }

  @Test
  void aLossThatIsNoNumberEndsTheRun() {
    SplitResult result = run(1000, 1e30, 1, 1);

    assertThat(result.ended()).isEqualTo(Ending.DIVERGED);
    assertThat(heard.epochs).isLessThan(20);
  }

  @Test
  void smoothPrecisionAgainstTheBoundaryOfTheListLearnsToo() {
    TrainingOptions options =
        new TrainingOptions(
            8, 0.02, 0, 1e-4, 0, 1, new SmoothPrecision(0.5), Contrast.NONE, 0.1, 1);
    Kernels kernels = Kernels.cpu();
    BatchTrainer trainer =
        BatchTrainer.start(
            new LightGcn(2, Readout.LAST),
            data.train(),
            options,
            new BoundaryNegatives(data.train(), 15, 2, kernels),
            kernels);

    SplitResult result =
        new SplitRun(data, trainer, new SplitProtocol(60, EVERY, 20, K), kernels)
            .run("lightgcn", 1, heard);

    assertThat(result.test().ndcg()).isGreaterThan(LEARNT);
    assertThat(heard.validations.get(0).now().loss()).isGreaterThan(-0.9);
  }

  /** At least one epoch; with a rate near zero that is an untrained encoder. */
  private SplitResult run(int epochs, double rate, long seed, int threads) {
    TrainingOptions options =
        new TrainingOptions(8, rate, 1e-4, 1e-4, 0, 1, new Bpr(), Contrast.NONE, 0.1, seed);
    Kernels kernels = Kernels.cpu(threads);
    BatchTrainer trainer = BatchTrainer.start(new TopKGat(2), data.train(), options, kernels);
    SplitProtocol protocol = new SplitProtocol(Math.max(1, epochs), EVERY, 3, K);
    return new SplitRun(data, trainer, protocol, kernels).run("topkgat", seed, heard);
  }

  private static final class Heard implements SplitListener {
    private final List<SplitProgress> validations = new ArrayList<>();
    private int epochs;
    private int stopAfter = Integer.MAX_VALUE;

    @Override
    public void epoch(int epoch, double loss) {
      epochs++;
    }

    @Override
    public void validated(SplitProgress progress) {
      validations.add(progress);
    }

    @Override
    public boolean isStopped() {
      return epochs >= stopAfter;
    }
  }
}
