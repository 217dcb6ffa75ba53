// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import io.freshet.model.encoder.Readout;

/**
 * What an encoder is trained with unless somebody says otherwise: the settings that reproduce the
 * papers' figures on Ali-Display.
 *
 * @param layers layers of neighbours
 * @param rate learning rate
 * @param decay decoupled weight decay
 * @param regularisation strength of the squared norms in the loss
 * @param batch edges per step, 0 for all
 */
public record EncoderDefaults(
    int layers, double rate, double decay, double regularisation, int batch) {

  // What keeps a node's own row in the output memorises and collapses in full batches.
  private static final EncoderDefaults MINI_BATCH = new EncoderDefaults(3, 1e-3, 0, 1e-4, 2048);

  // With less, plain factors know the train rows by heart within 60 epochs (NDCG@20 .015).
  private static final EncoderDefaults FACTORS = new EncoderDefaults(0, 1e-3, 0, 0.1, 2048);

  private static final EncoderDefaults FULL_BATCH = new EncoderDefaults(4, 0.1, 0, 1e-4, 0);

  /**
   * @param readout of those that leave a choice
   */
  public static EncoderDefaults of(EncoderKind kind, Readout readout) {
    return switch (kind) {
      case MF -> FACTORS;
      case LIGHTGCN, NGAT4REC -> readout == Readout.MEAN ? MINI_BATCH : FULL_BATCH;
      case TOPKGAT -> new EncoderDefaults(4, 0.1, 1e-4, 1e-4, 0);
      case RANKFORMER -> FULL_BATCH;
    };
  }
}
