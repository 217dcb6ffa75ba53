// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.split;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What training with one seed came to.
 *
 * @param name the encoder
 * @param epoch the one with the best validation
 * @param secondsPerEpoch mean time of learning an epoch, without validation
 * @param ended why training stopped
 * @param valid validation at that epoch
 * @param test the test at that epoch
 * @param curve all validations
 */
public record SplitResult(
    String name,
    long seed,
    int epoch,
    @JsonProperty("seconds_per_epoch") double secondsPerEpoch,
    Ending ended,
    SplitMetrics valid,
    SplitMetrics test,
    List<CurvePoint> curve) {

  /** Why training stopped. */
  public enum Ending {
    /** Validation had not become better for a while. */
    PATIENCE,
    /** As many epochs as allowed. */
    EPOCHS,
    /** Somebody wanted it to end. */
    STOPPED,
    /** The loss was no longer a number. */
    DIVERGED
  }

  public SplitResult {
    curve = List.copyOf(curve);
  }
}
