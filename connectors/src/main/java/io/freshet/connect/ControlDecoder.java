// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import io.freshet.schema.ControlEventJson;
import io.freshet.schema.Decoded;
import io.freshet.schema.RecordException;

/** Orders from the bytes of a record. */
final class ControlDecoder extends Decoder {
  private static final long serialVersionUID = 1L;

  @Override
  Decoded decode(byte[] value) throws RecordException {
    return Decoded.of(ControlEventJson.read(value));
  }
}
