// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.batch;

import static io.freshet.model.encoder.Doubles.assertClose;
import static io.freshet.model.encoder.Doubles.byUser;
import static io.freshet.model.encoder.Doubles.flat;
import static io.freshet.model.encoder.Doubles.graph;
import static io.freshet.model.encoder.Doubles.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.kernel.Kernels;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.Encoder;
import io.freshet.model.encoder.LightGcn;
import io.freshet.model.encoder.MatrixFactorisation;
import io.freshet.model.encoder.Parameters;
import io.freshet.model.encoder.Rankformer;
import io.freshet.model.encoder.Readout;
import io.freshet.model.encoder.TopKGat;
import io.freshet.model.loss.Bpr;
import io.freshet.model.loss.EdgeBatch;
import io.freshet.model.loss.HardBpr;
import io.freshet.model.loss.RankingLoss;
import io.freshet.reference.Golden;
import io.freshet.reference.RandomGraphs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTrainerTest {

  private final BipartiteGraph graph = graph(RandomGraphs.powerLaw(3, 40, 30, 300));

  @ParameterizedTest
  @ValueSource(strings = {"mf", "lightgcn", "topkgat", "rankformer"})
  void threeFullBatchStepsAreGolden(String name) {
    JsonNode golden = Golden.read("train_3_steps_A.json");
    Golden.Graph given = Golden.graph("A");
    boolean thresholded = name.equals("topkgat");
    float[] raw =
        thresholded
            ? flat(Golden.matrix(Golden.read("topkgat_A.json").get("beta_raw")))
            : new float[0];
    Parameters parameters = new Parameters(rows(given.users(), given.items()), raw);
    BipartiteGraph edges = graph(given.edges());
    TrainingOptions options =
        new TrainingOptions(
            4,
            golden.get("lr").asDouble(),
            thresholded ? 1e-4 : 0,
            golden.get("reg_lambda").asDouble(),
            0,
            1,
            new Bpr(),
            Contrast.NONE,
            0.1,
            1);
    BatchTrainer trainer =
        new BatchTrainer(encoder(name), edges, parameters, options, Kernels.cpu());
    EdgeBatch batch = EdgeBatch.of(edges, byUser(given.edges(), given.negatives()), 1);

    for (JsonNode expected : golden.get(name)) {
      double loss = trainer.step(batch);

      assertThat(loss).isCloseTo(expected.get("loss_before_step").asDouble(), within(1e-5));
      assertClose(parameters.base().users(), Golden.matrix(expected.get("user_emb")));
      assertClose(parameters.base().items(), Golden.matrix(expected.get("item_emb")));
      if (thresholded) {
        assertClose(parameters.thresholds(), Golden.matrix(expected.get("beta_raw")));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "64, 0", "64, 0.1"})
  void theSameSeedGivesTheSameRowsForAnyThreads(int batch, double contrast) {
    TrainingOptions options = options(batch, new Bpr(), contrast);
    BatchTrainer one = BatchTrainer.start(new TopKGat(2), graph, options, Kernels.cpu(1));
    BatchTrainer three = BatchTrainer.start(new TopKGat(2), graph, options, Kernels.cpu(3));
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(three.epoch()).isEqualTo(one.epoch());
    }
    assertThat(three.rows().users()).isEqualTo(one.rows().users());
    assertThat(three.rows().items()).isEqualTo(one.rows().items());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 64})
  void epochsLowerTheLoss(int batch) {
    for (RankingLoss loss : new RankingLoss[] {new Bpr(), new HardBpr(0.5)}) {
      BatchTrainer trainer =
          BatchTrainer.start(new TopKGat(2), graph, options(batch, loss, 0), Kernels.cpu());
      double first = trainer.epoch();
      double last = 0;
      for (int epoch = 0; epoch < 30; epoch++) {
        last = trainer.epoch();
      }
      assertThat(last).isLessThan(0.7 * first);
    }
  }

  @Test
  void negativesAreNoItemsOfTheUserUnlessItOwnsAll() {
    UniformNegatives sampler = new UniformNegatives(graph, 1, Kernels.cpu());
    int[] out = new int[graph.edges() * 4];
    sampler.draw(graph.byUser(), 4, 1, out);

    for (int u = 0; u < graph.users(); u++) {
      for (int j = graph.byUser().start(u) * 4; j < graph.byUser().start(u + 1) * 4; j++) {
        for (int p = graph.byUser().start(u); p < graph.byUser().start(u + 1); p++) {
          assertThat(out[j]).isNotEqualTo(graph.byUser().column(p));
        }
      }
    }

    BipartiteGraph complete = graph(RandomGraphs.distinct(1, 2, 3, 6));
    int[] own = new int[6];
    new UniformNegatives(complete, 1, Kernels.cpu()).draw(complete.byUser(), 1, 1, own);
    assertThat(own).containsAnyOf(0, 1, 2).doesNotContain(-1, 3);
  }

  @Test
  void contrastPullsTheViewsOfANodeTogether() {
    BatchTrainer plain =
        BatchTrainer.start(
            new MatrixFactorisation(), graph, options(64, new Bpr(), 0), Kernels.cpu());
    BatchTrainer spread =
        BatchTrainer.start(
            new MatrixFactorisation(), graph, options(64, new Bpr(), 1), Kernels.cpu());
    for (int epoch = 0; epoch < 20; epoch++) {
      plain.epoch();
      spread.epoch();
    }
    // Told apart from each other, users point in more different directions.
    assertThat(meanCosine(spread.rows().users())).isLessThan(meanCosine(plain.rows().users()));
  }

  private double meanCosine(float[] rows) {
    int n = graph.users();
    Kernels kernels = Kernels.cpu();
    float[] inverse = new float[n];
    kernels.inverseNorms(n, 8, rows, inverse);
    double sum = 0;
    for (int v = 0; v < n; v++) {
      for (int w = 0; w < v; w++) {
        sum += inverse[v] * inverse[w] * kernels.dot(8, rows, v * 8, rows, w * 8);
      }
    }
    return 2 * sum / n / (n - 1);
  }

  private static TrainingOptions options(int batch, RankingLoss loss, double contrast) {
    return new TrainingOptions(
        8, 0.02, 1e-4, 1e-4, batch, 2, loss, new Contrast(contrast, 0.2, 0.1), 0.1, 5);
  }

  private static Encoder encoder(String name) {
    return switch (name) {
      case "mf" -> new MatrixFactorisation();
      case "lightgcn" -> new LightGcn(3, Readout.MEAN);
      case "topkgat" -> new TopKGat(3);
      default -> rankformer();
    };
  }

  private static Encoder rankformer() {
    JsonNode golden = Golden.read("rankformer_A.json");
    return new Rankformer(golden.get("layers").asInt(), golden.get("tau").asDouble());
  }
}
