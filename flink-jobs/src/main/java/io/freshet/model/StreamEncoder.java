// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/**
 * What a user's items add to its own row e_u while the stream runs: one layer over the items' rows
 * as they stand, from the edges that the user has at the moment, so that an event counts as soon as
 * it is there.
 *
 * <pre>{@code
 * x_u = e_u + sum_i omega_ui e_i / sqrt(d_u d_i)
 * }</pre>
 *
 * with d_u the edges summed over and d_i the users of item i.
 */
public enum StreamEncoder {
  /** Nothing: x_u = e_u. */
  MF,
  /** omega = 1 (He et al., SIGIR 2020). */
  LIGHTGCN,
  /** omega = max(0, cos(e_u, e_i)). */
  NGAT4REC,
  /**
   * omega(t) = 4 / ((1 + e^-t)(1 + e^t)) with t = cos(e_u, e_i) - beta_u (TopKGAT, WWW 2026, Eq. 11
   * and 12); each user learns its threshold beta_u = tanh(W_u), which starts at 0.
   */
  TOPKGAT,
  /**
   * Another sum, which pushes the items away that the user does not have (Rankformer, WWW 2025),
   * with s = cos(e_u, e_i), d- all items but the user's, b+ and b- the means of s over either and C
   * the sum of all weights without their signs, as there:
   *
   * <pre>{@code
   * x_u = e_u + (sum_{i of u} (s - b- + 2) / d_u e_i + sum_{i not of u} (s - b+ - 2) / d- e_i) / C
   * }</pre>
   *
   * The half that a layer keeps of e_u there is all of it here. The sums over all items are at most
   * as many changes of rows old as there are items.
   */
  RANKFORMER
}
