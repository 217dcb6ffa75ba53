// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.connect.tables.TableReader;
import io.freshet.kernel.Kernels;
import io.freshet.model.batch.BatchTrainer;
import io.freshet.model.batch.Contrast;
import io.freshet.model.batch.TrainingOptions;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.Encoder;
import io.freshet.model.encoder.MatrixFactorisation;
import io.freshet.model.encoder.NodeRows;
import io.freshet.model.encoder.TopKGat;
import io.freshet.model.loss.Bpr;
import io.freshet.schema.TableHeader;
import io.freshet.schema.TableItem;
import io.freshet.schema.TableUser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableExportTest {
  private static final int DIM = 4;

  // User 1 and item 2 have no edges; user 2 has item 0 twice.
  private final BipartiteGraph graph =
      BipartiteGraph.of(3, 4, new int[] {2, 0, 2, 2}, new int[] {0, 3, 1, 0});

  @TempDir private Path folder;

  @Test
  void whatTrainingLearntIsInTheFileForEveryNodeWithEdges() throws IOException {
    BatchTrainer trainer = trained(new TopKGat(2));
    NodeRows rows = trainer.rows();
    NodeRows base = trainer.parameters().base();
    Path path = folder.resolve("tables.jsonl.zst");

    new TableExport("topkgat", 2, graph, trainer.parameters(), rows).write(path, 1234);

    try (TableReader file = TableReader.open(path)) {
      assertThat(file.header()).isEqualTo(new TableHeader("topkgat", DIM, 2, 3, 2, 1234));
      for (int item : new int[] {0, 1, 3}) {
        TableItem read = file.nextItem();
        assertThat(read.id()).isEqualTo(Integer.toString(item));
        assertThat(read.degree()).isEqualTo(item == 0 ? 2 : 1);
        assertThat(read.baseRow()).isEqualTo(row(base.items(), item));
        assertThat(read.finalRow()).isEqualTo(row(rows.items(), item));
      }
      assertThat(file.nextItem()).isNull();
      assertThat(file.nextUser().items()).containsExactly("3");
      TableUser second = file.nextUser();
      assertThat(second.id()).isEqualTo("2");
      assertThat(second.items()).containsExactly("0", "1", "0");
      assertThat(second.baseRow()).isEqualTo(row(base.users(), 2));
      assertThat(second.finalRow()).isEqualTo(row(rows.users(), 2));
      assertThat(second.thresholds())
          .isEqualTo(Arrays.copyOfRange(trainer.parameters().thresholds(), 4, 6));
      assertThat(file.nextUser()).isNull();
    }
  }

  @Test
  void anEncoderWithoutThresholdsLeavesThemOut() throws IOException {
    BatchTrainer trainer = trained(new MatrixFactorisation());
    Path path = folder.resolve("tables.jsonl");

    new TableExport("mf", 0, graph, trainer.parameters(), trainer.rows()).write(path, 0);

    try (TableReader file = TableReader.open(path)) {
      while (file.nextItem() != null) {
        continue;
      }
      assertThat(file.nextUser().thresholds()).isEmpty();
    }
  }

  private BatchTrainer trained(Encoder encoder) {
    TrainingOptions options =
        new TrainingOptions(DIM, 0.1, 0, 1e-4, 0, 1, new Bpr(), Contrast.NONE, 0.1, 1);
    BatchTrainer trainer = BatchTrainer.start(encoder, graph, options, Kernels.cpu(1));
    for (int epoch = 0; epoch < 3; epoch++) {
      trainer.epoch();
    }
    return trainer;
  }

  private static float[] row(float[] table, int node) {
    return Arrays.copyOfRange(table, node * DIM, (node + 1) * DIM);
  }
}
