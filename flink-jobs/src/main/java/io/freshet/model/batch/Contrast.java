// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.batch;

/**
 * The contrastive part of a loss (SimGCL, Yu et al., SIGIR 2022; Rankformer-CL): two views of a
 * node are its final row with noise of length {@code noise} added to each, in the row's own
 * orthant, and InfoNCE tells a node's views from those of the batch's other nodes.
 *
 * @param weight of InfoNCE beside the ranking loss; 0 for none
 * @param temperature of InfoNCE
 * @param noise length of the noise
 */
public record Contrast(double weight, double temperature, double noise) {

  public static final Contrast NONE = new Contrast(0, 0.15, 0.1);

  public Contrast {
    if (weight < 0 || noise < 0 || !(temperature > 0)) {
      throw new IllegalArgumentException(
          "weight and noise must not be negative and temperature must be positive, are "
              + weight
              + ", "
              + noise
              + " and "
              + temperature);
    }
  }
}
