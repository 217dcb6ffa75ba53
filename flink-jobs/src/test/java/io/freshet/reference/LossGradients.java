// SPDX-License-Identifier: Apache-2.0
package io.freshet.reference;

/**
 * A loss and its gradients with respect to the two tables it was given.
 *
 * @param users (n, d), or the first view of a contrastive loss
 * @param items (m, d), or the second view
 */
public record LossGradients(double loss, double[][] users, double[][] items) {}
