// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.replay.EventStream;
import io.freshet.connect.replay.GeneratedTraffic;
import io.freshet.connect.replay.TrafficOptions;
import io.freshet.schema.Interaction;
import java.util.function.LongFunction;

/**
 * Generated traffic whose event time starts when the first event is asked for, so that at the
 * traffic's own rate event time is the clock's.
 */
final class LiveTraffic implements EventStream {
  private final LongFunction<TrafficOptions> optionsAt;
  private final long ageMillis;
  private GeneratedTraffic traffic;
  private volatile long driftTime = Long.MAX_VALUE;

  /**
   * @param optionsAt the traffic that starts at a time in milliseconds
   * @param ageMillis how far before the clock it starts
   */
  LiveTraffic(LongFunction<TrafficOptions> optionsAt, long ageMillis) {
    this.optionsAt = optionsAt;
    this.ageMillis = ageMillis;
  }

  @Override
  public Interaction next() {
    if (traffic == null) {
      long start = System.currentTimeMillis() - ageMillis;
      TrafficOptions options = optionsAt.apply(start);
      driftTime = start + (long) (options.driftAt() * 1000.0 / options.eventsPerSecond());
      traffic = new GeneratedTraffic(options);
    }
    return traffic.next();
  }

  /** Event time at which all tastes swap, milliseconds; far ahead before the first event. */
  long driftTime() {
    return driftTime;
  }

  @Override
  public void close() {
    if (traffic != null) {
      traffic.close();
    }
  }
}
