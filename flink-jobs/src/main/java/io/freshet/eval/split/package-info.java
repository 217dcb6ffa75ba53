// SPDX-License-Identifier: Apache-2.0

/**
 * Evaluation on files that were split into train, valid and test rows, by the protocol of the
 * papers. Trains the encoders of the model as they are; no formula, no engine and no console here.
 */
package io.freshet.eval.split;
