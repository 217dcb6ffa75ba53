// SPDX-License-Identifier: Apache-2.0

/**
 * Every encoder, loss and optimiser in double precision and in the plainest loops over an edge
 * list: what the fast float32 code is held against. Nothing here may call the code it judges, and
 * nothing here is made faster at the cost of being read.
 */
package io.freshet.reference;
