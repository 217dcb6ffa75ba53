// SPDX-License-Identifier: Apache-2.0

/**
 * Training of an encoder on a graph that stands still: full-batch or mini-batch epochs, negatives,
 * the optimiser's state. Knows no files and no measures of quality.
 */
package io.freshet.model.batch;
