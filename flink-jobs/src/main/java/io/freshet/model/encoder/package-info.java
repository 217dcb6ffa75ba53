// SPDX-License-Identifier: Apache-2.0

/**
 * Graph encoders: base rows of users and items in, final rows out, and the gradient back. Each is
 * one class over the sparse and dense kernels; nothing here knows a loss, an optimiser or a stream.
 */
package io.freshet.model.encoder;
