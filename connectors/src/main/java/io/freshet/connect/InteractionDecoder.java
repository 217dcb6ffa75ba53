// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import io.freshet.schema.Decoded;
import io.freshet.schema.EventTypes;
import io.freshet.schema.Interaction;
import io.freshet.schema.InteractionJson;
import io.freshet.schema.RecordError;
import io.freshet.schema.RecordException;
import java.time.Instant;

/** Interactions from the bytes of a record. */
final class InteractionDecoder extends Decoder {
  private static final long serialVersionUID = 1L;

  private final RecordChecks checks;

  InteractionDecoder(RecordChecks checks) {
    this.checks = checks;
  }

  @Override
  Decoded decode(byte[] value) throws RecordException {
    if (value != null && value.length > checks.maxBytes()) {
      throw new RecordException(
          RecordError.TOO_LARGE,
          "the record has " + value.length + " bytes; events.max-bytes is " + checks.maxBytes());
    }
    Interaction event = InteractionJson.read(value);
    if (!checks.types().knows(event.eventType())) {
      throw new RecordException(
          RecordError.UNKNOWN_EVENT_TYPE,
          "event_type \""
              + event.eventType()
              + "\" has no weight in events.weights; known are "
              + checks.types().names());
    }
    if (event.eventType().equals(EventTypes.RATING) && Float.isNaN(event.value())) {
      throw new RecordException(RecordError.MISSING_FIELD, "value is missing; a rating needs it");
    }
    long latest = System.currentTimeMillis() + checks.maxFutureMillis();
    if (event.timestamp() > latest) {
      throw new RecordException(
          RecordError.OUT_OF_RANGE,
          "timestamp "
              + event.timestamp()
              + " lies further ahead of the clock than events.max-future allows (latest now: "
              + Instant.ofEpochMilli(latest)
              + ")");
    }
    return Decoded.of(event);
  }
}
