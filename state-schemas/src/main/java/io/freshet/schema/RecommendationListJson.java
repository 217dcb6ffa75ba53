// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** JSON form of {@link RecommendationList}: {@code schema/recommendations.schema.json}. */
public final class RecommendationListJson {
  private RecommendationListJson() {}

  /** The record as UTF-8 JSON; the list must not be a tombstone. */
  public static byte[] write(RecommendationList list) {
    return Json.write(
        out -> {
          out.writeStartObject();
          out.writeStringField("user_id", list.userId());
          out.writeArrayFieldStart("items");
          for (ScoredItem item : list.items()) {
            out.writeStartObject();
            out.writeStringField("item_id", item.itemId());
            out.writeNumberField("score", item.score());
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeNumberField("model_version", list.modelVersion());
          out.writeNumberField("event_time", list.eventTime());
          out.writeNumberField("generated_at", list.generatedAt());
          out.writeStringField("reason", list.reason().wireName());
          if (list.codePath().length > 0) {
            out.writeFieldName("code_path");
            out.writeArray(list.codePath(), 0, list.codePath().length);
          }
          out.writeEndObject();
        });
  }

  /**
   * The list in a record's value.
   *
   * @throws RecordException if the bytes do not follow the schema
   */
  public static RecommendationList read(byte[] json) throws RecordException {
    return Json.readObject(json, RecommendationListJson::read);
  }

  private static RecommendationList read(JsonParser in) throws IOException, RecordException {
    String userId = null;
    List<ScoredItem> items = null;
    Long modelVersion = null;
    Long eventTime = null;
    Long generatedAt = null;
    String reason = null;
    int[] codePath = RecommendationList.NO_CODES;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "user_id" -> userId = Json.id(in, field);
        case "items" -> items = items(in);
        case "model_version" -> modelVersion = Json.integer(in, field);
        case "event_time" -> eventTime = Json.time(in, field);
        case "generated_at" -> generatedAt = Json.time(in, field);
        case "reason" -> reason = Json.id(in, field);
        case "code_path" -> codePath = Json.counts(in, field);
        default -> in.skipChildren();
      }
    }
    return new RecommendationList(
        Json.present(userId, "user_id"),
        Json.present(items, "items"),
        Json.present(modelVersion, "model_version"),
        Json.present(eventTime, "event_time"),
        Json.present(generatedAt, "generated_at"),
        reason(Json.present(reason, "reason")),
        codePath);
  }

  private static List<ScoredItem> items(JsonParser in) throws IOException, RecordException {
    Json.require(in, JsonToken.START_ARRAY, "items", "an array");
    List<ScoredItem> items = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      Json.require(in, JsonToken.START_OBJECT, "items[]", "an object");
      String itemId = null;
      Float score = null;
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String field = in.currentName();
        in.nextToken();
        switch (field) {
          case "item_id" -> itemId = Json.id(in, "items[].item_id");
          case "score" -> score = Json.number(in, "items[].score");
          default -> in.skipChildren();
        }
      }
      items.add(
          new ScoredItem(
              Json.present(itemId, "items[].item_id"), Json.present(score, "items[].score")));
    }
    return items;
  }

  private static RecommendationList.Reason reason(String name) throws RecordException {
    for (RecommendationList.Reason reason : RecommendationList.Reason.values()) {
      if (reason.wireName().equals(name)) {
        return reason;
      }
    }
    throw new RecordException(
        RecordError.OUT_OF_RANGE, "reason \"" + name + "\" is none of event, refresh, cold_start");
  }
}
