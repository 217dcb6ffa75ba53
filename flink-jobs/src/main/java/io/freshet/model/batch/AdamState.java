// SPDX-License-Identifier: Apache-2.0
package io.freshet.model.batch;

import io.freshet.kernel.AdamStep;
import io.freshet.kernel.Kernels;
import io.freshet.model.encoder.Parameters;

/** Moments of every parameter of an encoder. */
final class AdamState {

  private final Parameters first;
  private final Parameters second;
  private final Kernels kernels;
  private long steps;

  AdamState(Parameters parameters, Kernels kernels) {
    this.first = parameters.zeroLike();
    this.second = parameters.zeroLike();
    this.kernels = kernels;
  }

  void step(double rate, double decay, Parameters gradient, Parameters parameters) {
    AdamStep step = AdamStep.of(rate, decay, ++steps);
    apply(
        step,
        gradient.base().users(),
        parameters.base().users(),
        first.base().users(),
        second.base().users());
    apply(
        step,
        gradient.base().items(),
        parameters.base().items(),
        first.base().items(),
        second.base().items());
    apply(
        step,
        gradient.thresholds(),
        parameters.thresholds(),
        first.thresholds(),
        second.thresholds());
  }

  private void apply(AdamStep step, float[] g, float[] p, float[] m, float[] v) {
    kernels.adam(step, p.length, g, p, m, v);
  }
}
