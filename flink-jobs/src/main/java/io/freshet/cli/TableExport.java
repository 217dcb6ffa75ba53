// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.tables.TableWriter;
import io.freshet.kernel.SparseRows;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.NodeRows;
import io.freshet.model.encoder.Parameters;
import io.freshet.schema.TableHeader;
import io.freshet.schema.TableItem;
import io.freshet.schema.TableUser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a trained encoder has, as a table file. Ids are the nodes' numbers; nodes without edges, of
 * which training learnt nothing, are left out.
 *
 * @param encoder its name on the command line
 * @param layers of the encoder
 * @param graph what it was trained on
 * @param parameters what it learnt
 * @param rows the final rows of these parameters
 */
record TableExport(
    String encoder, int layers, BipartiteGraph graph, Parameters parameters, NodeRows rows) {

  /**
   * Writes the file, compressed if its name ends in {@code .zst}.
   *
   * @param time event time up to which the rows know the world, ms
   * @throws IOException if it cannot be written
   */
  void write(Path path, long time) throws IOException {
    int[] users = connected(graph.userDegrees());
    int[] items = connected(graph.itemDegrees());
    TableHeader header =
        new TableHeader(encoder, rows.dim(), layers, items.length, users.length, time);
    try (TableWriter file = TableWriter.create(path, header)) {
      for (int i : items) {
        file.write(
            new TableItem(
                Integer.toString(i),
                graph.itemDegrees()[i],
                row(parameters.base().items(), i),
                row(rows.items(), i)));
      }
      for (int u : users) {
        file.write(
            new TableUser(
                Integer.toString(u),
                row(parameters.base().users(), u),
                row(rows.users(), u),
                thresholds(u),
                edges(u)));
      }
      file.finish();
    }
  }

  private static int[] connected(int[] degrees) {
    return IntStream.range(0, degrees.length).filter(node -> degrees[node] > 0).toArray();
  }

  private float[] row(float[] table, int node) {
    return Arrays.copyOfRange(table, node * rows.dim(), (node + 1) * rows.dim());
  }

  private float[] thresholds(int user) {
    int each = parameters.thresholds().length / graph.users();
    return Arrays.copyOfRange(parameters.thresholds(), user * each, (user + 1) * each);
  }

  private String[] edges(int user) {
    SparseRows byUser = graph.byUser();
    return IntStream.range(byUser.start(user), byUser.start(user + 1))
        .mapToObj(p -> Integer.toString(byUser.column(p)))
        .toArray(String[]::new);
  }
}
