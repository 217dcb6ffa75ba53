// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import io.freshet.model.encoder.Encoder;
import io.freshet.model.encoder.LightGcn;
import io.freshet.model.encoder.MatrixFactorisation;
import io.freshet.model.encoder.Ngat4Rec;
import io.freshet.model.encoder.Rankformer;
import io.freshet.model.encoder.Readout;
import io.freshet.model.encoder.TopKGat;
import java.util.Set;

/**
 * An encoder with its own hyperparameters; each kind reads those that it has.
 *
 * @param layers of all but MF
 * @param readout of LightGCN and NGAT4Rec
 * @param activation of TopKGAT
 * @param thresholds of TopKGAT
 * @param tau of Rankformer
 * @param alpha of Rankformer
 * @param without parts of Rankformer that are left out
 */
public record EncoderSettings(
    EncoderKind kind,
    int layers,
    Readout readout,
    TopKGat.Activation activation,
    Thresholds thresholds,
    double tau,
    double alpha,
    Set<RankformerPart> without) {

  /** The encoder that these settings describe. */
  public Encoder encoder() {
    return switch (kind) {
      case MF -> new MatrixFactorisation();
      case LIGHTGCN -> new LightGcn(layers, readout);
      case NGAT4REC -> new Ngat4Rec(layers, readout);
      case TOPKGAT -> new TopKGat(layers, activation, thresholds.learnt(), thresholds.fixed());
      case RANKFORMER ->
          new Rankformer(
              layers,
              tau,
              alpha,
              !without.contains(RankformerPart.BENCHMARK),
              !without.contains(RankformerPart.NEGATIVE),
              !without.contains(RankformerPart.NORMALISER));
    };
  }
}
