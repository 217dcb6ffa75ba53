// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval.drift;

/**
 * Which event a time is that of, in a stream of even pace.
 *
 * @param startTime time of event 0, milliseconds
 * @param eventsPerSecond events per second of event time
 */
public record EventNumbers(long startTime, double eventsPerSecond) {

  /** The number, from 0, of the event at a time in milliseconds. */
  public long at(long time) {
    return Math.round((time - startTime) * eventsPerSecond / 1000);
  }
}
