// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.encoder;

/** Which layers make the final row. */
public enum Readout {
  /** The mean of layers 0 to L: a node keeps its own row, and trains well from small batches. */
  MEAN,
  /** Layer L alone: what TopKGAT uses; a node without edges has a zero row. */
  LAST
}
