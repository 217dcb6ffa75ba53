// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import io.freshet.connect.replay.EventStream;
import io.freshet.connect.replay.GeneratedTraffic;
import io.freshet.connect.replay.TrafficOptions;
import io.freshet.schema.Interaction;

/**
 * Generated traffic until it is told to end, each twentieth event twice, as producers repeat them;
 * with what the graph must become of it.
 */
final class RepeatingTraffic implements EventStream {
  private static final int REPEAT_EVERY = 20;

  private final GeneratedTraffic traffic;
  private final ReferenceGraph reference;
  private Interaction again;
  private volatile long events;
  private volatile long time;
  private volatile boolean ended;

  RepeatingTraffic(TrafficOptions options, ReferenceGraph reference) {
    traffic = new GeneratedTraffic(options);
    this.reference = reference;
  }

  @Override
  public Interaction next() {
    if (ended) {
      return null;
    }
    if (again != null) {
      Interaction event = again;
      again = null;
      return event;
    }
    Interaction event = traffic.next();
    reference.add(event);
    time = event.timestamp();
    events = events + 1;
    if (events % REPEAT_EVERY == 0) {
      again = event;
    }
    return event;
  }

  /** There is nothing left after the event at hand; from any thread. */
  void end() {
    ended = true;
  }

  /** Distinct events so far; from any thread. */
  long events() {
    return events;
  }

  /** Timestamp of the latest event, milliseconds; from any thread. */
  long time() {
    return time;
  }

  @Override
  public void close() {
    traffic.close();
  }
}
