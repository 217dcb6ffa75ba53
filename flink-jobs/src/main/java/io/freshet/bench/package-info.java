// SPDX-License-Identifier: Apache-2.0

/**
 * Measurements of kernels and encoders on generated graphs, each beside the least time that the
 * machine could take for it. Nothing here prints, and nothing but the command may use it.
 */
package io.freshet.bench;
