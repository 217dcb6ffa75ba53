// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.batch;

import io.freshet.kernel.Kernels;
import io.freshet.kernel.SparseRows;
import io.freshet.model.SplitMix;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.Encoder;
import io.freshet.model.encoder.EncoderPass;
import io.freshet.model.encoder.NodeRows;
import io.freshet.model.encoder.Parameters;
import io.freshet.model.loss.EdgeBatch;
import io.freshet.model.loss.RowGradient;

/**
 * Trains an encoder by epochs over all edges of a graph:
 *
 * <pre>{@code
 * BatchTrainer trainer = BatchTrainer.start(new TopKGat(4), graph, options, Kernels.cpu(2));
 * for (int epoch = 0; epoch < 100; epoch++) {
 *   double loss = trainer.epoch();
 * }
 * NodeRows rows = trainer.rows();
 * }</pre>
 *
 * The same seed gives the same parameters, for any number of threads.
 */
public final class BatchTrainer {

  private static final long SHUFFLE = 1;
  private static final long NEGATIVES = 2;
  private static final long NOISE = 3;

  private final BipartiteGraph graph;
  private final TrainingOptions options;
  private final Parameters parameters;
  private final EncoderPass pass;
  private final Negatives negatives;
  private final RowGradient rowGradient;
  private final NoisyViews views;
  private final AdamState adam;
  private final NodeRows finalGradient;
  private final Parameters gradient;
  private final int[] drawn;
  private long epoch;
  private long steps;

  public BatchTrainer(
      Encoder encoder,
      BipartiteGraph graph,
      Parameters parameters,
      TrainingOptions options,
      Kernels kernels) {
    this(encoder, graph, parameters, options, uniform(graph, options, kernels), kernels);
  }

  /**
   * @param negatives chooses what edges are held against
   */
  public BatchTrainer(
      Encoder encoder,
      BipartiteGraph graph,
      Parameters parameters,
      TrainingOptions options,
      Negatives negatives,
      Kernels kernels) {
    this.graph = graph;
    this.options = options;
    this.parameters = parameters;
    this.pass = encoder.on(graph, options.dim(), kernels);
    this.negatives = negatives;
    this.rowGradient = new RowGradient(kernels);
    this.views = new NoisyViews(options.contrast(), SplitMix.mix(options.seed(), NOISE), kernels);
    this.adam = new AdamState(parameters, kernels);
    this.finalGradient = parameters.base().zeroLike();
    this.gradient = parameters.zeroLike();
    this.drawn = new int[graph.edges() * options.negatives()];
  }

  /** Base rows ~ N(0, deviation^2) and raw thresholds ~ N(0, 1), from the options' seed. */
  public static BatchTrainer start(
      Encoder encoder, BipartiteGraph graph, TrainingOptions options, Kernels kernels) {
    return start(encoder, graph, options, uniform(graph, options, kernels), kernels);
  }

  /** The same with other negatives. */
  public static BatchTrainer start(
      Encoder encoder,
      BipartiteGraph graph,
      TrainingOptions options,
      Negatives negatives,
      Kernels kernels) {
    Parameters parameters = initial(encoder, graph, options);
    return new BatchTrainer(encoder, graph, parameters, options, negatives, kernels);
  }

  /** What training starts from: base rows ~ N(0, deviation^2) and raw thresholds ~ N(0, 1). */
  public static Parameters initial(Encoder encoder, BipartiteGraph graph, TrainingOptions options) {
    Parameters parameters = Parameters.zero(encoder, graph.users(), graph.items(), options.dim());
    SplitMix random = new SplitMix(options.seed());
    float deviation = (float) options.initialDeviation();
    NodeRows base = parameters.base();
    random.fillGaussian(base.users(), 0, base.users().length, deviation);
    random.fillGaussian(base.items(), 0, base.items().length, deviation);
    random.fillGaussian(parameters.thresholds(), 0, parameters.thresholds().length, 1f);
    return parameters;
  }

  private static Negatives uniform(BipartiteGraph graph, TrainingOptions options, Kernels kernels) {
    return new UniformNegatives(graph, SplitMix.mix(options.seed(), NEGATIVES), kernels);
  }

  /**
   * One pass over all edges.
   *
   * @return the mean of the loss, regularisation included, as it was before each step
   */
  public double epoch() {
    epoch++;
    negatives.startEpoch(epoch, this::rows);
    if (options.batch() == 0 || options.batch() >= graph.edges()) {
      negatives.draw(graph.byUser(), options.negatives(), epoch, drawn);
      return step(EdgeBatch.of(graph, drawn, options.negatives()));
    }
    int[] order = shuffledEdges();
    double sum = 0;
    for (int from = 0; from < order.length; from += options.batch()) {
      int to = Math.min(order.length, from + options.batch());
      sum += (to - from) * step(batch(order, from, to));
    }
    return sum / order.length;
  }

  /** The loss of a batch, regularisation included, and its gradient; then one step along it. */
  double step(EdgeBatch batch) {
    NodeRows rows = pass.forward(parameters);
    double loss = rowGradient.compute(batch, options.loss(), rows, finalGradient);
    if (options.contrast().weight() > 0) {
      loss += views.add(batch, rows, finalGradient, ++steps);
    }
    pass.backward(finalGradient, gradient);
    loss +=
        rowGradient.addSquaredNorms(
            batch, options.regularisation(), parameters.base(), gradient.base());
    adam.step(options.rate(), options.decay(), gradient, parameters);
    return loss;
  }

  /** Final rows of the parameters as they stand, valid until the next epoch. */
  public NodeRows rows() {
    return pass.forward(parameters);
  }

  /** What has been learnt; changes with the next epoch. */
  public Parameters parameters() {
    return parameters;
  }

  /** Bytes of parameters, moments, gradients, layers and negatives, the graph's not among them. */
  public long bytes() {
    long perCopy = parameters.base().bytes() + (long) Float.BYTES * parameters.thresholds().length;
    long perEdge = (long) Integer.BYTES * drawn.length + negatives.bytes() + rowGradient.bytes();
    return 4 * perCopy + finalGradient.bytes() + pass.bytes() + perEdge;
  }

  private int[] shuffledEdges() {
    int[] order = new int[graph.edges()];
    SplitMix random = new SplitMix(SplitMix.mix(SplitMix.mix(options.seed(), SHUFFLE), epoch));
    for (int e = 0; e < order.length; e++) {
      int at = random.nextInt(e + 1);
      order[e] = order[at];
      order[at] = e;
    }
    return order;
  }

  private EdgeBatch batch(int[] order, int from, int to) {
    int[] users = new int[to - from];
    int[] items = new int[to - from];
    for (int b = from; b < to; b++) {
      users[b - from] = userOf(order[b]);
      items[b - from] = graph.byUser().column(order[b]);
    }
    SparseRows positives = SparseRows.ofPairs(graph.users(), graph.items(), users, items);
    // Distinct rounds for the batches of an epoch: a user may have edges in several.
    negatives.draw(positives, options.negatives(), (epoch << 32) + from, drawn);
    return EdgeBatch.of(positives, drawn, options.negatives());
  }

  private int userOf(int edge) {
    int low = 0;
    int high = graph.users();
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (graph.byUser().start(middle) <= edge) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
