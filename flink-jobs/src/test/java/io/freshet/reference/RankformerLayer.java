// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

/** One Rankformer layer, which remembers its last forward pass for the backward pass. */
interface RankformerLayer {

  ReferenceEncoder.Final forward(EdgeList g, ReferenceEncoder.Final x);

  /** The gradient with respect to the layer's input, given the one with respect to its output. */
  ReferenceEncoder.Final backward(ReferenceEncoder.Final gradOut);
}
