// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import io.freshet.schema.Decoded;
import io.freshet.schema.Interaction;
import io.freshet.schema.InteractionJson;
import io.freshet.schema.RecordError;
import io.freshet.schema.RecordException;

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
    checks.check(event);
    return Decoded.of(event);
  }
}
