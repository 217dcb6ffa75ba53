// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

/**
 * How far a run is, as a validation has shown.
 *
 * @param now the validation
 * @param best the best so far, which may be the same
 * @param secondsPerEpoch mean time of learning an epoch
 * @param secondsLeft until the last epoch, or until patience ends if nothing gets better
 */
public record SplitProgress(
    CurvePoint now, CurvePoint best, double secondsPerEpoch, double secondsLeft) {}
