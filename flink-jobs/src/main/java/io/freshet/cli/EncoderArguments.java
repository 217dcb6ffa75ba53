// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.eval.split.EncoderDefaults;
import io.freshet.eval.split.EncoderKind;
import io.freshet.eval.split.EncoderSettings;
import io.freshet.eval.split.RankformerPart;
import io.freshet.eval.split.Thresholds;
import io.freshet.model.encoder.Readout;
import io.freshet.model.encoder.TopKGat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** An encoder and its own hyperparameters. */
final class EncoderArguments {
  private static final double DEFAULT_TAU = 0.5;
  private static final double DEFAULT_ALPHA = 2;

  @Option(
      names = "--encoder",
      required = true,
      paramLabel = "NAME",
      description = "One of ${COMPLETION-CANDIDATES}.")
  private EncoderKind encoder;

  @Option(
      names = "--layers",
      paramLabel = "L",
      description = "Layers of neighbours, for all but mf.")
  private Integer layers;

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

  void addFaults(ArgumentFaults faults) {
    faults.onlyIf(encoder.hasLayers(), "--layers", layers, encoder);
    faults.onlyIf(encoder.hasReadout(), "--readout", readout, encoder);
    faults.onlyIf(encoder.hasThresholds(), "--activation", activation, encoder);
    faults.onlyIf(encoder.hasThresholds(), "--thresholds", thresholds, encoder);
    boolean ranks = encoder == EncoderKind.RANKFORMER;
    faults.onlyIf(ranks, "--tau", tau, encoder);
    faults.onlyIf(ranks, "--alpha", alpha, encoder);
    faults.onlyIf(ranks, "--without", without, encoder);
    faults.atLeast("--layers", 1, layers);
    if (tau != null && !(tau > 0 && tau <= 1)) {
      faults.add("--tau must be above 0 and at most 1, not " + tau);
    }
    if (alpha != null && !Double.isFinite(alpha)) {
      faults.add("--alpha must be a number, not " + alpha);
    }
  }

  EncoderSettings settings() {
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

  EncoderDefaults defaults() {
    return EncoderDefaults.of(encoder, readout());
  }

  /** Puts every value that is in force. */
  void describe(Map<String, Object> values) {
    EncoderSettings settings = settings();
    values.put("encoder", encoder.toString());
    if (encoder.hasLayers()) {
      values.put("layers", settings.layers());
    }
    if (encoder.hasReadout()) {
      values.put("readout", lower(settings.readout()));
    }
    if (encoder.hasThresholds()) {
      values.put("activation", lower(settings.activation()));
      values.put("thresholds", settings.thresholds().toString());
    }
    if (encoder == EncoderKind.RANKFORMER) {
      values.put("tau", settings.tau());
      values.put("alpha", settings.alpha());
      values.put("without", settings.without().stream().map(Object::toString).sorted().toList());
    }
  }

  private Readout readout() {
    return Objects.requireNonNullElse(readout, Readout.MEAN);
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
