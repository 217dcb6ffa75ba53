// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;
import io.freshet.model.batch.BatchTrainer;
import io.freshet.model.batch.TrainingOptions;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.Encoder;
import io.freshet.model.encoder.EncoderPass;
import io.freshet.model.encoder.NodeRows;
import io.freshet.model.encoder.Outside;
import io.freshet.model.encoder.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A graph encoder that is trained anew on all edges so far each time a tenth of the stream has
 * passed: what one has who runs the papers' program every night. Between two trainings the items'
 * layers stand still; a user's are computed from its present edges at every test, so a new user is
 * folded in at its first event. Items that came since the last training have no rows and are ranked
 * last, as everything is before the first.
 */
final class Retrained implements Baseline {
  private final String name;
  private final Encoder encoder;
  private final TrainingOptions options;
  private final int epochs;
  private final Kernels kernels = Kernels.cpu();
  private final IntRows edges = new IntRows();
  private int users;
  private int items;

  /** Null before the first training. */
  private Trained trained;

  private double[] scores = new double[0];

  /**
   * What a training leaves behind.
   *
   * @param layers of items, 0 to L; those of users are what they were then
   */
  private record Trained(Parameters parameters, List<NodeRows> layers, int[] itemDegrees) {}

  /**
   * @param encoder whose users have rows of their neighbours alone but for thresholds
   * @param options of each training
   * @param epochs of each training
   */
  Retrained(String name, Encoder encoder, TrainingOptions options, int epochs) {
    this.name = name;
    this.encoder = encoder;
    this.options = options;
    this.epochs = epochs;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String setting() {
    return "layers " + encoder.layers() + ", epochs " + epochs;
  }

  @Override
  public void learn(int user, int item, long timeMs, boolean repeat) {
    users = Math.max(users, user + 1);
    items = Math.max(items, item + 1);
    if (!repeat) {
      edges.append(user, item);
    }
  }

  @Override
  public void tenthPassed() {
    BipartiteGraph graph = graph();
    if (graph.edges() == 0) {
      return;
    }
    BatchTrainer trainer = BatchTrainer.start(encoder, graph, options, kernels);
    for (int epoch = 0; epoch < epochs; epoch++) {
      trainer.epoch();
    }
    Parameters parameters = trainer.parameters();
    EncoderPass pass = encoder.on(graph, options.dim(), kernels);
    pass.forward(parameters);
    List<NodeRows> layers = new ArrayList<>();
    for (int l = 0; l <= encoder.layers(); l++) {
      layers.add(pass.layer(l));
    }
    trained = new Trained(parameters, layers, graph.itemDegrees());
  }

  private BipartiteGraph graph() {
    int[] start = new int[users + 1];
    for (int u = 0; u < users; u++) {
      start[u + 1] = start[u] + edges.size(u);
    }
    int[] columns = new int[start[users]];
    for (int u = 0; u < users; u++) {
      for (int e = 0; e < edges.size(u); e++) {
        columns[start[u] + e] = edges.get(u, e);
      }
    }
    return BipartiteGraph.of(SparseRows.of(items, start, columns));
  }

  @Override
  public double[] scores(int user, long timeMs, int count) {
    if (scores.length < count) {
      scores = new double[Math.max(count, 2 * scores.length)];
    }
    Arrays.fill(scores, 0, count, Double.NEGATIVE_INFINITY);
    if (trained == null) {
      return scores;
    }
    int dim = options.dim();
    float[] row = userRow(user);
    float[] rows = trained.layers.get(encoder.layers()).items();
    for (int i = 0; i < Math.min(count, rows.length / dim); i++) {
      double sum = 0;
      for (int c = 0; c < dim; c++) {
        sum += row[c] * rows[i * dim + c];
      }
      scores[i] = sum;
    }
    return scores;
  }

  /** The user's last layer from the items that it has now and that have rows. */
  private float[] userRow(int user) {
    int dim = options.dim();
    int own = user < users ? edges.size(user) : 0;
    int[] neighbours = new int[own];
    int[] degrees = new int[own];
    int size = 0;
    for (int e = 0; e < own; e++) {
      int item = edges.get(user, e);
      if (item < trained.itemDegrees.length && trained.itemDegrees[item] > 0) {
        degrees[size] = trained.itemDegrees[item];
        neighbours[size++] = item;
      }
    }
    int[] columns = new int[size];
    Arrays.setAll(columns, e -> e);
    SparseRows byUser = SparseRows.of(size, new int[] {0, size}, columns);
    BipartiteGraph graph =
        new BipartiteGraph(
            byUser,
            byUser.transpose(),
            new int[] {Math.max(1, size)},
            Arrays.copyOf(degrees, size));
    List<NodeRows> stored = new ArrayList<>();
    for (int l = 0; l < encoder.layers(); l++) {
      float[] from = trained.layers.get(l).items();
      NodeRows rows = NodeRows.zero(1, size, dim);
      for (int e = 0; e < size; e++) {
        System.arraycopy(from, neighbours[e] * dim, rows.items(), e * dim, dim);
      }
      stored.add(rows);
    }
    EncoderPass pass = encoder.on(graph, new Outside(1, 0, stored), dim, kernels);
    return pass.forward(known(user, size)).users();
  }

  /** What the training knows of the user: nothing of one who came later. */
  private Parameters known(int user, int size) {
    int dim = options.dim();
    Parameters own = Parameters.zero(encoder, 1, size, dim);
    Parameters all = trained.parameters;
    if (user < all.base().userCount()) {
      System.arraycopy(all.base().users(), user * dim, own.base().users(), 0, dim);
      int thresholds = encoder.thresholdsPerUser();
      System.arraycopy(all.thresholds(), user * thresholds, own.thresholds(), 0, thresholds);
    }
    return own;
  }
}
