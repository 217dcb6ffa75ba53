// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import org.apache.flink.connector.base.DeliveryGuarantee;

/** What a sink promises after a failure. */
public enum Delivery {
  /**
   * Nothing is lost, something may come twice: harmless, since lists and rows replace one another.
   * Costs nothing; records are readable as soon as they are written.
   */
  AT_LEAST_ONCE(DeliveryGuarantee.AT_LEAST_ONCE),
  /**
   * Readers of committed records see each once. Costs a transaction per sink and checkpoint, and a
   * record is readable only after its checkpoint: item rows come back a checkpoint late too.
   */
  EXACTLY_ONCE(DeliveryGuarantee.EXACTLY_ONCE);

  private final DeliveryGuarantee guarantee;

  Delivery(DeliveryGuarantee guarantee) {
    this.guarantee = guarantee;
  }

  DeliveryGuarantee guarantee() {
    return guarantee;
  }
}
