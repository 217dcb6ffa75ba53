// SPDX-License-Identifier: Apache-2.0

/**
 * Numeric kernels over flat arrays: row arithmetic, selection and dense scoring, one implementation
 * per device. Nothing here knows what a user, an item or a stream is.
 */
package io.freshet.kernel;
