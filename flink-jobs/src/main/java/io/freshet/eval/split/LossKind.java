// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import io.freshet.model.loss.Bpr;
import io.freshet.model.loss.HardBpr;
import io.freshet.model.loss.RankingLoss;
import io.freshet.model.loss.SampledSoftmax;
import io.freshet.model.loss.SmoothPrecision;
import java.util.Locale;

/** The losses, by the name that a person types. */
public enum LossKind {
  BPR,
  SOFTMAX,
  HARD_BPR,
  /** Held against the item at rank K of the user's list instead of a drawn one. */
  PRECISION;

  /** Whether the loss has a temperature. */
  public boolean hasTemperature() {
    return this != BPR;
  }

  /** The loss; {@link #BPR} ignores the temperature. */
  public RankingLoss loss(double temperature) {
    return switch (this) {
      case BPR -> new Bpr();
      case SOFTMAX -> new SampledSoftmax(temperature);
      case HARD_BPR -> new HardBpr(temperature);
      case PRECISION -> new SmoothPrecision(temperature);
    };
  }

  /** The name that a person types. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
