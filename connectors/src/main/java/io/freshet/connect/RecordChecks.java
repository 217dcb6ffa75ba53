// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import io.freshet.schema.EventTypes;
import io.freshet.schema.Interaction;
import io.freshet.schema.RecordError;
import io.freshet.schema.RecordException;
import java.io.Serializable;
import java.time.Instant;

/**
 * What an interaction must meet beyond its schema.
 *
 * @param types the accepted types
 * @param maxBytes the largest record, in bytes
 * @param maxFutureMillis how far ahead of this machine's clock an event may lie
 */
public record RecordChecks(EventTypes types, int maxBytes, long maxFutureMillis)
    implements Serializable {

  /**
   * Checks an interaction's type and time.
   *
   * @throws RecordException that says what is wrong with it
   */
  public void check(Interaction event) throws RecordException {
    if (!types.knows(event.eventType())) {
      throw new RecordException(
          RecordError.UNKNOWN_EVENT_TYPE,
          "event_type \""
              + event.eventType()
              + "\" has no weight in events.weights; known are "
              + types.names());
    }
    if (event.eventType().equals(EventTypes.RATING) && Float.isNaN(event.value())) {
      throw new RecordException(RecordError.MISSING_FIELD, "value is missing; a rating needs it");
    }
    long latest = System.currentTimeMillis() + maxFutureMillis;
    if (event.timestamp() > latest) {
      throw new RecordException(
          RecordError.OUT_OF_RANGE,
          "timestamp "
              + event.timestamp()
              + " lies further ahead of the clock than events.max-future allows (latest now: "
              + Instant.ofEpochMilli(latest)
              + ")");
    }
  }
}
