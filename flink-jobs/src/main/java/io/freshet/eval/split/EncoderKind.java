// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import java.util.Locale;

/** The encoders that can be trained on a split, by the name that a person types. */
public enum EncoderKind {
  MF,
  LIGHTGCN,
  NGAT4REC,
  TOPKGAT,
  RANKFORMER;

  public boolean hasLayers() {
    return this != MF;
  }

  /** Whether it leaves a choice of the layers that make the final row. */
  public boolean hasReadout() {
    return this == LIGHTGCN || this == NGAT4REC;
  }

  public boolean hasThresholds() {
    return this == TOPKGAT;
  }

  /** The name that a person types. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
