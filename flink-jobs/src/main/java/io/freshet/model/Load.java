// SPDX-License-Identifier: Apache-2.0
package io.freshet.model;

/** How a learner keeps up with its events, by which it is told how much to replay. */
public enum Load {
  /** Events pile up. */
  BEHIND,
  /** Events come about as fast as they are meant to, or nobody waits for them. */
  EVEN,
  /** There is time to spare. */
  IDLE
}
