// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.kernel.Kernels;
import io.freshet.model.batch.BatchTrainer;
import io.freshet.model.batch.Contrast;
import io.freshet.model.batch.TrainingOptions;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.Encoder;
import io.freshet.model.encoder.NodeRows;
import io.freshet.model.encoder.TopKGat;
import io.freshet.model.loss.Bpr;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetrainedTest {
  private static final int DIM = 8;
  private static final int EPOCHS = 40;
  private static final int USERS = 20;
  private static final int ITEMS = 10;

  private final Encoder encoder = new TopKGat(2);
  private final TrainingOptions options =
      new TrainingOptions(DIM, 0.05, 0, 0, 0, 1, new Bpr(), Contrast.NONE, 0.1, 3);
  private final Retrained retrained = new Retrained("topkgat", encoder, options, EPOCHS);

  @Test
  void nothingIsRankedBeforeTheFirstTraining() {
    retrained.learn(0, 0, 0, false);

    assertThat(retrained.scores(0, 0, 1)[0]).isNegative().isInfinite();
  }

  @Test
  void aUserWithoutNewEventsHasTheScoresOfTheTrainer() {
    learnTwoTastes();
    retrained.tenthPassed();

    BipartiteGraph graph = BipartiteGraph.of(USERS, ITEMS, edgeUsers(), edgeItems());
    BatchTrainer trainer = BatchTrainer.start(encoder, graph, options, Kernels.cpu());
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      trainer.epoch();
    }
    NodeRows rows = trainer.rows();
    for (int user = 0; user < USERS; user++) {
      double[] scores = retrained.scores(user, 0, ITEMS);
      for (int item = 0; item < ITEMS; item++) {
        assertThat(scores[item]).isCloseTo(dot(rows, user, item), within(1e-5));
      }
    }
  }

  @Test
  void aUserWhoCameLaterIsFoldedInAtItsFirstEvent() {
    learnTwoTastes();
    retrained.tenthPassed();
    retrained.learn(USERS, 1, 0, false);

    double[] scores = retrained.scores(USERS, 0, ITEMS);

    double own = Arrays.stream(new int[] {3, 5, 7, 9}).mapToDouble(i -> scores[i]).min().orElse(0);
    double others =
        Arrays.stream(new int[] {0, 2, 4, 6, 8}).mapToDouble(i -> scores[i]).max().orElse(0);
    assertThat(own).isGreaterThan(others);
  }

  @Test
  void anItemThatCameLaterIsRankedLast() {
    learnTwoTastes();
    retrained.tenthPassed();
    retrained.learn(0, ITEMS, 0, false);

    double[] scores = retrained.scores(0, 0, ITEMS + 1);

    assertThat(scores[ITEMS]).isNegative().isInfinite();
    assertThat(scores[0]).isFinite();
  }

  /** Users take the items whose numbers are even as theirs, or odd, all but one of them. */
  private void learnTwoTastes() {
    int[] users = edgeUsers();
    int[] items = edgeItems();
    for (int e = 0; e < users.length; e++) {
      retrained.learn(users[e], items[e], 0, false);
    }
  }

  private static int[] edgeUsers() {
    return edges().map(pair -> pair / ITEMS).toArray();
  }

  private static int[] edgeItems() {
    return edges().map(pair -> pair % ITEMS).toArray();
  }

  private static IntStream edges() {
    return IntStream.range(0, USERS * ITEMS)
        .filter(pair -> pair / ITEMS % 2 == pair % 2 && pair / ITEMS % ITEMS != pair % ITEMS);
  }

  private static double dot(NodeRows rows, int user, int item) {
    double sum = 0;
    for (int c = 0; c < DIM; c++) {
      sum += rows.users()[user * DIM + c] * rows.items()[item * DIM + c];
    }
    return sum;
  }
}
