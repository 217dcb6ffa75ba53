// SPDX-License-Identifier: Apache-2.0
package io.freshet.operator;

import java.util.List;
import org.apache.flink.api.common.state.ListState;

/** The epochs of an owner of model records, one for each start or restore. */
final class Epochs {
  private Epochs() {}

  /**
   * The epoch that begins now, and keeps it. The wall clock grows from start to start; the restored
   * epoch guards against one that was set back, or that differs from machine to machine.
   *
   * @param kept the epochs restored; the new one alone afterwards
   * @param now ms
   */
  static long begin(ListState<Long> kept, long now) throws Exception {
    long epoch = now;
    for (long restored : kept.get()) {
      epoch = Math.max(epoch, restored + 1);
    }
    kept.update(List.of(epoch));
    return epoch;
  }
}
