// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * JSON form of {@link Interaction}: {@code schema/interaction.schema.json}. Unknown fields are
 * skipped. Reading checks types and presence; whether the event type is known and the time is
 * plausible is the job's to say.
 */
public final class InteractionJson {
  private InteractionJson() {}

  /** The record as UTF-8 JSON. */
  public static byte[] write(Interaction event) {
    return Json.write(
        out -> {
          out.writeStartObject();
          out.writeStringField("event_id", event.eventId());
          out.writeStringField("user_id", event.userId());
          out.writeStringField("item_id", event.itemId());
          out.writeStringField("event_type", event.eventType());
          out.writeNumberField("timestamp", event.timestamp());
          if (!Float.isNaN(event.value())) {
            out.writeNumberField("value", event.value());
          }
          if (event.requestId() != null) {
            out.writeStringField("request_id", event.requestId());
          }
          if (!event.context().isEmpty()) {
            writeContext(event.context(), out);
          }
          out.writeEndObject();
        });
  }

  private static void writeContext(Map<String, String> context, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart("context");
    for (Map.Entry<String, String> entry : context.entrySet()) {
      out.writeStringField(entry.getKey(), entry.getValue());
    }
    out.writeEndObject();
  }

  /**
   * The interaction in a record's value.
   *
   * @throws RecordException if the bytes do not follow the schema
   */
  public static Interaction read(byte[] json) throws RecordException {
    return Json.readObject(json, InteractionJson::read);
  }

  private static Interaction read(JsonParser in) throws IOException, RecordException {
    String eventId = null;
    String userId = null;
    String itemId = null;
    String eventType = null;
    Long timestamp = null;
    float value = Float.NaN;
    String requestId = null;
    Map<String, String> context = Map.of();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "event_id" -> eventId = Json.id(in, field);
        case "user_id" -> userId = Json.id(in, field);
        case "item_id" -> itemId = Json.id(in, field);
        case "event_type" -> eventType = Json.id(in, field);
        case "timestamp" -> timestamp = Json.time(in, field);
        case "value" -> value = Json.optionalFloat(in, field);
        case "request_id" -> requestId = Json.optionalId(in, field);
        case "context" -> context = context(in);
        default -> in.skipChildren();
      }
    }
    return new Interaction(
        Json.present(eventId, "event_id"),
        Json.present(userId, "user_id"),
        Json.present(itemId, "item_id"),
        Json.present(eventType, "event_type"),
        Json.present(timestamp, "timestamp"),
        value,
        requestId,
        context);
  }

  private static Map<String, String> context(JsonParser in) throws IOException, RecordException {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return Map.of();
    }
    Json.require(in, JsonToken.START_OBJECT, "context", "an object of strings");
    Map<String, String> context = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      if (in.currentToken() != JsonToken.VALUE_STRING) {
        Json.require(in, JsonToken.VALUE_STRING, "context." + Json.abbreviate(name), "a string");
      }
      context.put(
          Json.encodable(name, "a name in context"),
          Json.encodable(in.getText(), "a value in context"));
    }
    return context;
  }
}
