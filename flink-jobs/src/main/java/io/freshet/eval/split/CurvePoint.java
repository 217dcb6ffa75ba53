// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

/**
 * One validation.
 *
 * @param epoch how many had been learnt
 * @param loss of the last of them
 * @param valid what validation measured
 */
public record CurvePoint(int epoch, double loss, SplitMetrics valid) {}
