// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** JSON form of {@link ScorerRow}: {@code schema/ranker-row.schema.json}. */
public final class ScorerRowJson {
  private ScorerRowJson() {}

  /** The record as UTF-8 JSON. */
  public static byte[] write(ScorerRow row) {
    return Json.write(
        out -> {
          out.writeStartObject();
          out.writeNumberField("epoch", row.epoch());
          out.writeNumberField("version", row.version());
          Json.writeFloats(out, "weights", row.weights());
          Json.writeIntegers(out, "contains", row.contains());
          out.writeEndObject();
        });
  }

  /**
   * The weights in a record's value.
   *
   * @throws RecordException if the bytes do not follow the schema
   */
  public static ScorerRow read(byte[] json) throws RecordException {
    return Json.readLargeObject(json, ScorerRowJson::read);
  }

  private static ScorerRow read(JsonParser in) throws IOException, RecordException {
    Long epoch = null;
    Long version = null;
    float[] weights = null;
    long[] contains = {};
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "epoch" -> epoch = Json.integer(in, field);
        case "version" -> version = Json.integer(in, field);
        case "weights" -> weights = Json.floats(in, field);
        case "contains" -> contains = Json.integers(in, field);
        default -> in.skipChildren();
      }
    }
    return new ScorerRow(
        Json.present(epoch, "epoch"),
        Json.present(version, "version"),
        Json.present(weights, "weights"),
        contains);
  }
}
