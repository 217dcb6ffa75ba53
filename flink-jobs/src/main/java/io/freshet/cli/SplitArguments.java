// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.eval.split.EncoderDefaults;
import io.freshet.eval.split.LossKind;
import io.freshet.eval.split.SplitProtocol;
import io.freshet.kernel.Kernels;
import io.freshet.model.batch.BatchTrainer;
import io.freshet.model.batch.BoundaryNegatives;
import io.freshet.model.batch.TrainingOptions;
import io.freshet.model.encoder.BipartiteGraph;
import io.freshet.model.encoder.Encoder;
import io.freshet.model.encoder.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Every hyperparameter of {@code evaluate split}. What is not given has the encoder's own default;
 * what the encoder or the loss does not have is refused, not ignored.
 */
final class SplitArguments {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  @Mixin private EncoderArguments encoder;

  @Option(
      names = "--dim",
      paramLabel = "D",
      defaultValue = "64",
      description = "Values per row (default ${DEFAULT-VALUE}).")
  private int dim;

  @Option(names = "--rate", paramLabel = "R", description = "Learning rate of Adam.")
  private Double rate;

  @Option(
      names = "--decay",
      paramLabel = "W",
      description = "Decoupled weight decay; above 0 Adam becomes AdamW.")
  private Double decay;

  @Option(
      names = "--regularisation",
      paramLabel = "W",
      description = "Strength of the squared norms in the loss.")
  private Double regularisation;

  @Option(names = "--batch", paramLabel = "N", description = "Edges per step; 0 for all of them.")
  private Integer batch;

  @Option(
      names = "--initial-deviation",
      paramLabel = "S",
      defaultValue = "0.1",
      description = "Standard deviation of the first rows (default ${DEFAULT-VALUE}).")
  private double initialDeviation;

  @Mixin private LossArguments loss;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Epochs at most (default ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--validate-every",
      paramLabel = "N",
      defaultValue = "20",
      description = "Epochs between two validations (default ${DEFAULT-VALUE}).")
  private int validateEvery;

  @Option(
      names = "--patience",
      paramLabel = "N",
      defaultValue = "10",
      description = "Validations without a better NDCG before it stops (default ${DEFAULT-VALUE}).")
  private int patience;

  @Option(
      names = "--k",
      paramLabel = "K",
      defaultValue = "20",
      description = "Length of the lists (default ${DEFAULT-VALUE}).")
  private int k;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The first seed (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many seeds, one run each (default ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that share the work; all processors without it.")
  private Integer threads;

  /** Refuses what cannot be, as wrong usage: all of it in one message. */
  void check() {
    ArgumentFaults faults = new ArgumentFaults();
    encoder.addFaults(faults);
    loss.addFaults(faults);
    faults.atLeast("--dim", 1, dim);
    faults.positive("--rate", rate);
    faults.notNegative("--decay", decay);
    faults.notNegative("--regularisation", regularisation);
    faults.atLeast("--batch", 0, batch);
    faults.positive("--initial-deviation", initialDeviation);
    faults.atLeast("--epochs", 1, epochs);
    faults.atLeast("--validate-every", 1, validateEvery);
    faults.atLeast("--patience", 1, patience);
    faults.atLeast("--k", 1, k);
    faults.atLeast("--seeds", 1, seeds);
    faults.atLeast("--threads", 1, threads);
    if (!faults.isEmpty()) {
      throw new ParameterException(mixee.commandLine(), faults.toString());
    }
  }

  String name() {
    return encoder.settings().kind().toString();
  }

  Encoder encoder() {
    return encoder.settings().encoder();
  }

  /**
   * A trainer that has not yet learnt by the loss that was asked for.
   *
   * @param progress told of each epoch of BPR before it, and of its loss
   */
  BatchTrainer trainer(
      BipartiteGraph graph, long ofSeed, Kernels kernels, ObjDoubleConsumer<Integer> progress) {
    Encoder chosen = encoder();
    TrainingOptions options = training(ofSeed);
    Parameters start = BatchTrainer.initial(chosen, graph, options);
    if (loss.afterBpr() > 0) {
      TrainingOptions before = options.with(LossKind.BPR.loss(1), encoder.defaults().rate());
      BatchTrainer bpr = new BatchTrainer(chosen, graph, start, before, kernels);
      for (int epoch = 1; epoch <= loss.afterBpr(); epoch++) {
        progress.accept(epoch, bpr.epoch());
      }
    }
    return loss.holdsBoundary()
        ? new BatchTrainer(
            chosen,
            graph,
            start,
            options,
            new BoundaryNegatives(graph, k, loss.boundaryEvery(), kernels),
            kernels)
        : new BatchTrainer(chosen, graph, start, options, kernels);
  }

  SplitProtocol protocol() {
    return new SplitProtocol(epochs, validateEvery, patience, k);
  }

  long firstSeed() {
    return seed;
  }

  int seeds() {
    return seeds;
  }

  int threads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** What runs, for a report: every value that is in force, none that is not. */
  Map<String, Object> description() {
    Map<String, Object> values = new LinkedHashMap<>();
    encoder.describe(values);
    TrainingOptions training = training(seed);
    values.put("dim", dim);
    values.put("rate", training.rate());
    values.put("decay", training.decay());
    values.put("regularisation", training.regularisation());
    values.put("batch", training.batch());
    values.put("initial-deviation", initialDeviation);
    loss.describe(values);
    values.put("epochs", epochs);
    values.put("validate-every", validateEvery);
    values.put("patience", patience);
    values.put("k", k);
    values.put("seed", seed);
    values.put("seeds", seeds);
    values.put("threads", threads());
    return values;
  }

  private TrainingOptions training(long ofSeed) {
    EncoderDefaults defaults = encoder.defaults();
    return new TrainingOptions(
        dim,
        rate == null ? defaults.rate() : rate,
        decay == null ? defaults.decay() : decay,
        regularisation == null ? defaults.regularisation() : regularisation,
        batch == null ? defaults.batch() : batch,
        loss.negatives(),
        loss.loss(),
        loss.contrast(),
        initialDeviation,
        ofSeed);
  }
}
