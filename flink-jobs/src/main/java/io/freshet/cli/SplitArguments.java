// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.eval.split.EncoderDefaults;
import io.freshet.eval.split.EncoderKind;
import io.freshet.eval.split.EncoderSettings;
import io.freshet.eval.split.LossKind;
import io.freshet.eval.split.RankformerPart;
import io.freshet.eval.split.SplitProtocol;
import io.freshet.eval.split.Thresholds;
import io.freshet.model.batch.Contrast;
import io.freshet.model.batch.TrainingOptions;
import io.freshet.model.encoder.Readout;
import io.freshet.model.encoder.TopKGat;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * Every hyperparameter of {@code evaluate split}. What is not given has the encoder's own default;
 * what the encoder or the loss does not have is refused, not ignored.
 */
final class SplitArguments {
  private static final String CHOICES = "One of ${COMPLETION-CANDIDATES}";
  private static final Set<EncoderKind> LAYERED = EnumSet.complementOf(EnumSet.of(EncoderKind.MF));
  private static final Set<EncoderKind> WITH_READOUT =
      EnumSet.of(EncoderKind.LIGHTGCN, EncoderKind.NGAT4REC);
  private static final Set<EncoderKind> WITH_THRESHOLDS = EnumSet.of(EncoderKind.TOPKGAT);
  private static final Set<EncoderKind> RANKFORMER = EnumSet.of(EncoderKind.RANKFORMER);
  private static final double DEFAULT_TAU = 0.5;
  private static final double DEFAULT_ALPHA = 2;
  private static final double DEFAULT_TEMPERATURE = 1;
  private static final int DEFAULT_BOUNDARY_EVERY = 5;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  @Option(names = "--encoder", required = true, paramLabel = "NAME", description = CHOICES + ".")
  private EncoderKind encoder;

  @Option(
      names = "--dim",
      paramLabel = "D",
      defaultValue = "64",
      description = "Values per row (default ${DEFAULT-VALUE}).")
  private int dim;

  @Option(names = "--layers", paramLabel = "L", description = "Layers of neighbours.")
  private Integer layers;

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
      names = "--negatives",
      paramLabel = "N",
      defaultValue = "1",
      description = "Drawn negatives per edge (default ${DEFAULT-VALUE}).")
  private int negatives;

  @Option(
      names = "--initial-deviation",
      paramLabel = "S",
      defaultValue = "0.1",
      description = "Standard deviation of the first rows (default ${DEFAULT-VALUE}).")
  private double initialDeviation;

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      defaultValue = "bpr",
      description = CHOICES + " (default ${DEFAULT-VALUE}).")
  private LossKind loss;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Of all losses but bpr (default " + DEFAULT_TEMPERATURE + ").")
  private Double temperature;

  @Option(
      names = "--boundary-every",
      paramLabel = "N",
      description =
          "Epochs between two rankings of everything, for the precision loss (default "
              + DEFAULT_BOUNDARY_EVERY
              + ").")
  private Integer boundaryEvery;

  @Option(
      names = "--readout",
      paramLabel = "NAME",
      description = "Layers that make the final row, for lightgcn and ngat4rec: mean or last.")
  private Readout readout;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description = "Weight of an edge, for topkgat: band or softmax.")
  private TopKGat.Activation activation;

  @Option(
      names = "--thresholds",
      paramLabel = "T",
      converter = ThresholdsConverter.class,
      description = "For topkgat: learnt, zero, or a number that all users share.")
  private Thresholds thresholds;

  @Option(
      names = "--tau",
      paramLabel = "T",
      description = "Step size of a layer, for rankformer (default " + DEFAULT_TAU + ").")
  private Double tau;

  @Option(
      names = "--alpha",
      paramLabel = "A",
      description = "Margin, for rankformer (default " + DEFAULT_ALPHA + ").")
  private Double alpha;

  @Option(
      names = "--without",
      paramLabel = "PART",
      split = ",",
      description = "Parts to leave out, for rankformer: ${COMPLETION-CANDIDATES}.")
  private Set<RankformerPart> without;

  @Option(
      names = "--contrast",
      paramLabel = "W",
      defaultValue = "0",
      description =
          "Weight of InfoNCE between two noisy views of each node of a batch (default"
              + " ${DEFAULT-VALUE}: none).")
  private double contrast;

  @Option(
      names = "--contrast-temperature",
      paramLabel = "T",
      defaultValue = "0.15",
      description = "Temperature of InfoNCE (default ${DEFAULT-VALUE}).")
  private double contrastTemperature;

  @Option(
      names = "--contrast-noise",
      paramLabel = "L",
      defaultValue = "0.1",
      description = "Length of the noise of a view (default ${DEFAULT-VALUE}).")
  private double contrastNoise;

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

  /** Refuses what cannot be, as wrong usage. */
  void check() {
    require("--layers", layers, LAYERED);
    require("--readout", readout, WITH_READOUT);
    require("--activation", activation, WITH_THRESHOLDS);
    require("--thresholds", thresholds, WITH_THRESHOLDS);
    require("--tau", tau, RANKFORMER);
    require("--alpha", alpha, RANKFORMER);
    require("--without", without, RANKFORMER);
    if (temperature != null && !loss.hasTemperature()) {
      throw wrong("--temperature is nothing that the loss " + loss + " has");
    }
    if (boundaryEvery != null && loss != LossKind.PRECISION) {
      throw wrong("--boundary-every is nothing that the loss " + loss + " has");
    }
    if (loss == LossKind.PRECISION && negatives != 1) {
      throw wrong("--loss precision takes no drawn negatives; leave out --negatives");
    }
    atLeast("--dim", dim, 1);
    atLeast("--layers", layers, 1);
    atLeast("--batch", batch, 0);
    atLeast("--negatives", negatives, 1);
    atLeast("--boundary-every", boundaryEvery, 1);
    atLeast("--epochs", epochs, 1);
    atLeast("--validate-every", validateEvery, 1);
    atLeast("--patience", patience, 1);
    atLeast("--k", k, 1);
    atLeast("--seeds", seeds, 1);
    atLeast("--threads", threads, 1);
    positive("--rate", rate);
    positive("--temperature", temperature);
    positive("--tau", tau);
    notNegative("--alpha", alpha);
    notNegative("--contrast", contrast);
    positive("--contrast-temperature", contrastTemperature);
    notNegative("--contrast-noise", contrastNoise);
    positive("--initial-deviation", initialDeviation);
    notNegative("--decay", decay);
    notNegative("--regularisation", regularisation);
  }

  EncoderSettings encoder() {
    return new EncoderSettings(
        encoder,
        layers == null ? defaults().layers() : layers,
        readout(),
        Objects.requireNonNullElse(activation, TopKGat.Activation.BAND),
        Objects.requireNonNullElse(thresholds, Thresholds.LEARNT),
        tau == null ? DEFAULT_TAU : tau,
        alpha == null ? DEFAULT_ALPHA : alpha,
        without == null ? Set.of() : without);
  }

  TrainingOptions training(long ofSeed) {
    EncoderDefaults defaults = defaults();
    return new TrainingOptions(
        dim,
        rate == null ? defaults.rate() : rate,
        decay == null ? defaults.decay() : decay,
        regularisation == null ? defaults.regularisation() : regularisation,
        batch == null ? defaults.batch() : batch,
        negatives,
        loss.loss(temperature()),
        new Contrast(contrast, contrastTemperature, contrastNoise),
        initialDeviation,
        ofSeed);
  }

  SplitProtocol protocol() {
    return new SplitProtocol(epochs, validateEvery, patience, k);
  }

  /** Epochs between two rankings for negatives at rank K; 0 for drawn ones. */
  int boundaryEvery() {
    if (loss != LossKind.PRECISION) {
      return 0;
    }
    return boundaryEvery == null ? DEFAULT_BOUNDARY_EVERY : boundaryEvery;
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
    EncoderSettings settings = encoder();
    TrainingOptions training = training(seed);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("encoder", encoder.toString());
    values.put("dim", dim);
    if (LAYERED.contains(encoder)) {
      values.put("layers", settings.layers());
    }
    if (WITH_READOUT.contains(encoder)) {
      values.put("readout", lower(settings.readout()));
    }
    if (WITH_THRESHOLDS.contains(encoder)) {
      values.put("activation", lower(settings.activation()));
      values.put("thresholds", settings.thresholds().toString());
    }
    if (RANKFORMER.contains(encoder)) {
      values.put("tau", settings.tau());
      values.put("alpha", settings.alpha());
      values.put("without", settings.without().stream().map(Object::toString).sorted().toList());
    }
    values.put("rate", training.rate());
    values.put("decay", training.decay());
    values.put("regularisation", training.regularisation());
    values.put("batch", training.batch());
    values.put("initial-deviation", initialDeviation);
    values.put("loss", loss.toString());
    if (loss.hasTemperature()) {
      values.put("temperature", temperature());
    }
    if (loss == LossKind.PRECISION) {
      values.put("boundary-every", boundaryEvery());
    } else {
      values.put("negatives", negatives);
    }
    values.put("contrast", contrast);
    if (contrast > 0) {
      values.put("contrast-temperature", contrastTemperature);
      values.put("contrast-noise", contrastNoise);
    }
    values.put("epochs", epochs);
    values.put("validate-every", validateEvery);
    values.put("patience", patience);
    values.put("k", k);
    values.put("seed", seed);
    values.put("seeds", seeds);
    values.put("threads", threads());
    return values;
  }

  private Readout readout() {
    return Objects.requireNonNullElse(readout, Readout.MEAN);
  }

  private EncoderDefaults defaults() {
    return EncoderDefaults.of(encoder, readout());
  }

  private double temperature() {
    return temperature == null ? DEFAULT_TEMPERATURE : temperature;
  }

  private void require(String name, Object given, Set<EncoderKind> having) {
    if (given != null && !having.contains(encoder)) {
      throw wrong(name + " is nothing that " + encoder + " has");
    }
  }

  private void atLeast(String name, Integer value, int least) {
    if (value != null && value < least) {
      throw wrong(name + " must be " + least + " or more, not " + value);
    }
  }

  private void positive(String name, Double value) {
    if (value != null && !(value > 0 && Double.isFinite(value))) {
      throw wrong(name + " must be above 0, not " + value);
    }
  }

  private void notNegative(String name, Double value) {
    if (value != null && !(value >= 0 && Double.isFinite(value))) {
      throw wrong(name + " must be 0 or more, not " + value);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(mixee.commandLine(), message);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link Thresholds}. */
  static final class ThresholdsConverter implements ITypeConverter<Thresholds> {
    @Override
    public Thresholds convert(String text) {
      try {
        return Thresholds.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
