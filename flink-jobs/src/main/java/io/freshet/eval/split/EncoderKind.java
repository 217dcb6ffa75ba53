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

  /** The name that a person types. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
