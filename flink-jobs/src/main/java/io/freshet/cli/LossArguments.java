// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.eval.split.LossKind;
import io.freshet.model.batch.Contrast;
import io.freshet.model.loss.RankingLoss;
import java.util.Map;
import picocli.CommandLine.Option;

/** A loss, its own hyperparameters, and what it holds edges against. */
final class LossArguments {
  private static final double DEFAULT_TEMPERATURE = 1;
  private static final int DEFAULT_BOUNDARY_EVERY = 5;

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      defaultValue = "bpr",
      description = "One of ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
  private LossKind loss;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Of all losses but bpr (default " + DEFAULT_TEMPERATURE + ").")
  private Double temperature;

  @Option(
      names = "--negatives",
      paramLabel = "N",
      defaultValue = "1",
      description = "Drawn negatives per edge (default ${DEFAULT-VALUE}).")
  private int negatives;

  @Option(
      names = "--boundary-every",
      paramLabel = "N",
      description =
          "Epochs between two rankings of everything, for the precision loss (default "
              + DEFAULT_BOUNDARY_EVERY
              + ").")
  private Integer boundaryEvery;

  @Option(
      names = "--after-bpr",
      paramLabel = "N",
      description =
          "Epochs of the bpr loss at the encoder's own rate, before this loss takes over at that"
              + " of --rate (default 0).")
  private Integer afterBpr;

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
      description = "Temperature of InfoNCE (default 0.15).")
  private Double contrastTemperature;

  @Option(
      names = "--contrast-noise",
      paramLabel = "S",
      description = "Length of the noise of a view (default 0.1).")
  private Double contrastNoise;

  void addFaults(ArgumentFaults faults) {
    faults.onlyIf(loss.hasTemperature(), "--temperature", temperature, "the loss " + loss);
    faults.onlyIf(holdsBoundary(), "--boundary-every", boundaryEvery, "the loss " + loss);
    faults.onlyIf(loss != LossKind.BPR, "--after-bpr", afterBpr, "the loss bpr");
    faults.onlyIf(contrast > 0, "--contrast-temperature", contrastTemperature, "--contrast 0");
    faults.onlyIf(contrast > 0, "--contrast-noise", contrastNoise, "--contrast 0");
    if (holdsBoundary() && negatives != 1) {
      faults.add("--loss precision draws no negatives: leave out --negatives");
    }
    faults.atLeast("--negatives", 1, negatives);
    faults.atLeast("--boundary-every", 1, boundaryEvery);
    faults.atLeast("--after-bpr", 0, afterBpr);
    faults.positive("--temperature", temperature);
    faults.notNegative("--contrast", contrast);
    faults.positive("--contrast-temperature", contrastTemperature);
    faults.notNegative("--contrast-noise", contrastNoise);
  }

  RankingLoss loss() {
    return loss.loss(temperature());
  }

  Contrast contrast() {
    return new Contrast(
        contrast,
        contrastTemperature == null ? Contrast.NONE.temperature() : contrastTemperature,
        contrastNoise == null ? Contrast.NONE.noise() : contrastNoise);
  }

  int negatives() {
    return negatives;
  }

  /** Whether edges are held against the item at rank K, not against drawn ones. */
  boolean holdsBoundary() {
    return loss == LossKind.PRECISION;
  }

  /** Epochs between two rankings for the item at rank K. */
  int boundaryEvery() {
    return boundaryEvery == null ? DEFAULT_BOUNDARY_EVERY : boundaryEvery;
  }

  /** Epochs of BPR before the loss takes over. */
  int afterBpr() {
    return afterBpr == null ? 0 : afterBpr;
  }

  /** Puts every value that is in force. */
  void describe(Map<String, Object> values) {
    values.put("loss", loss.toString());
    if (loss.hasTemperature()) {
      values.put("temperature", temperature());
    }
    if (holdsBoundary()) {
      values.put("boundary-every", boundaryEvery());
    } else {
      values.put("negatives", negatives);
    }
    if (loss != LossKind.BPR) {
      values.put("after-bpr", afterBpr());
    }
    values.put("contrast", contrast);
    if (contrast > 0) {
      values.put("contrast-temperature", contrast().temperature());
      values.put("contrast-noise", contrast().noise());
    }
  }

  private double temperature() {
    return temperature == null ? DEFAULT_TEMPERATURE : temperature;
  }
}
