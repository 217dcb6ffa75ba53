// SPDX-License-Identifier: Apache-2.0

/**
 * Ranking losses over the scores of edges and of sampled negatives, and how their gradients reach
 * rows. Nothing here knows where rows come from or what is done with a gradient.
 */
package io.freshet.model.loss;
