// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** JSON form of {@link ControlEvent}: {@code schema/control.schema.json}. */
public final class ControlEventJson {
  private ControlEventJson() {}

  /** The record as UTF-8 JSON. */
  public static byte[] write(ControlEvent event) {
    return Json.write(
        out -> {
          out.writeStartObject();
          out.writeStringField("action", event.action().wireName());
          out.writeStringField(event.action().idField(), event.id());
          if (event.action() == ControlEvent.Action.ROLL_BACK_CODEBOOK) {
            out.writeNumberField("version", event.version());
          }
          out.writeNumberField("timestamp", event.timestamp());
          out.writeEndObject();
        });
  }

  /**
   * The order in a record's value.
   *
   * @throws RecordException if the bytes do not follow the schema
   */
  public static ControlEvent read(byte[] json) throws RecordException {
    return Json.readObject(json, ControlEventJson::read);
  }

  private static ControlEvent read(JsonParser in) throws IOException, RecordException {
    String name = null;
    String userId = null;
    String itemId = null;
    String books = null;
    Long version = null;
    Long timestamp = null;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "action" -> name = Json.id(in, field);
        case "user_id" -> userId = Json.id(in, field);
        case "item_id" -> itemId = Json.id(in, field);
        case "books" -> books = Json.id(in, field);
        case "version" -> version = Json.integer(in, field);
        case "timestamp" -> timestamp = Json.time(in, field);
        default -> in.skipChildren();
      }
    }
    ControlEvent.Action action = action(Json.present(name, "action"));
    String id =
        switch (action) {
          case ERASE_USER -> userId;
          case HIDE_ITEM, SHOW_ITEM -> itemId;
          case ROLL_BACK_CODEBOOK -> books;
        };
    Json.present(id, action.idField());
    Json.present(timestamp, "timestamp");
    return action == ControlEvent.Action.ROLL_BACK_CODEBOOK
        ? ControlEvent.rollBack(id, Json.present(version, "version"), timestamp)
        : new ControlEvent(action, id, timestamp);
  }

  private static ControlEvent.Action action(String name) throws RecordException {
    for (ControlEvent.Action action : ControlEvent.Action.values()) {
      if (action.wireName().equals(name)) {
        return action;
      }
    }
    throw new RecordException(
        RecordError.OUT_OF_RANGE,
        "action \"" + name + "\" is none of erase_user, hide_item, show_item, roll_back_codebook");
  }
}
