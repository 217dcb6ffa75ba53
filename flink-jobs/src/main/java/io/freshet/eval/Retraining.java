// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import io.freshet.eval.split.EncoderDefaults;
import io.freshet.eval.split.EncoderKind;
import io.freshet.model.batch.Contrast;
import io.freshet.model.batch.TrainingOptions;
import io.freshet.model.encoder.Encoder;
import io.freshet.model.encoder.LightGcn;
import io.freshet.model.encoder.Ngat4Rec;
import io.freshet.model.encoder.Readout;
import io.freshet.model.encoder.TopKGat;
import io.freshet.model.loss.Bpr;
import java.util.List;

/**
 * Which encoders are trained anew in batches while the stream passes, to be compared with learning
 * online.
 *
 * @param encoders of those in {@link #POSSIBLE}
 * @param layers of each
 * @param epochs of each training
 * @param events in the whole stream, positives or not: a training follows each tenth of them
 */
public record Retraining(List<EncoderKind> encoders, int layers, int epochs, long events) {

  /** Those that fold a user in from nothing but its neighbours. */
  public static final List<EncoderKind> POSSIBLE =
      List.of(EncoderKind.LIGHTGCN, EncoderKind.NGAT4REC, EncoderKind.TOPKGAT);

  private static final int DIM = 64;
  private static final double INITIAL_DEVIATION = 0.1;

  /** Nothing is trained anew. */
  public static Retraining none() {
    return new Retraining(List.of(), 1, 1, Long.MAX_VALUE);
  }

  Baseline baseline(EncoderKind kind, long seed) {
    EncoderDefaults defaults = EncoderDefaults.of(kind, Readout.LAST);
    TrainingOptions options =
        new TrainingOptions(
            DIM,
            defaults.rate(),
            defaults.decay(),
            defaults.regularisation(),
            0,
            1,
            new Bpr(),
            Contrast.NONE,
            INITIAL_DEVIATION,
            seed);
    return new Retrained(kind + "-retrained", encoder(kind), options, epochs);
  }

  private Encoder encoder(EncoderKind kind) {
    return switch (kind) {
      case LIGHTGCN -> new LightGcn(layers, Readout.LAST);
      case NGAT4REC -> new Ngat4Rec(layers, Readout.LAST);
      case TOPKGAT -> new TopKGat(layers);
      case MF, RANKFORMER ->
          throw new IllegalArgumentException(kind + " does not fold a user in from its neighbours");
    };
  }
}
