// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/**
 * JSON form of {@link ItemRow}: {@code schema/model-row.schema.json}. The embedding is base64 of
 * little-endian 32-bit floats: exact, and a tenth of the cost of decimal text, which would make the
 * model topic the job's most expensive stage.
 */
public final class ItemRowJson {
  private ItemRowJson() {}

  /** The record as UTF-8 JSON. */
  public static byte[] write(ItemRow row) {
    return Json.write(
        out -> {
          out.writeStartObject();
          out.writeStringField("item_id", row.itemId());
          out.writeNumberField("epoch", row.epoch());
          out.writeNumberField("version", row.version());
          Json.writeFloats(out, "embedding", row.embedding());
          out.writeNumberField("accumulator", row.accumulator());
          out.writeNumberField("degree", row.degree());
          out.writeNumberField("popularity", row.popularity());
          out.writeNumberField("popularity_time", row.popularityTime());
          if (row.lastSeen() != ItemRow.NEVER_LAST) {
            out.writeNumberField("first_seen", row.firstSeen());
            out.writeNumberField("last_seen", row.lastSeen());
          }
          out.writeBooleanField("hidden", row.hidden());
          out.writeFieldName("contains");
          out.writeArray(row.contains(), 0, row.contains().length);
          out.writeEndObject();
        });
  }

  /**
   * The row in a record's value.
   *
   * @throws RecordException if the bytes do not follow the schema
   */
  public static ItemRow read(byte[] json) throws RecordException {
    return Json.readObject(json, ItemRowJson::read);
  }

  private static ItemRow read(JsonParser in) throws IOException, RecordException {
    String itemId = null;
    Long epoch = null;
    Long version = null;
    float[] embedding = null;
    float accumulator = 0;
    long degree = 0;
    double popularity = 0;
    long popularityTime = 0;
    long firstSeen = ItemRow.NEVER_FIRST;
    long lastSeen = ItemRow.NEVER_LAST;
    boolean hidden = false;
    long[] contains = {};
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "item_id" -> itemId = Json.id(in, field);
        case "epoch" -> epoch = Json.integer(in, field);
        case "version" -> version = Json.integer(in, field);
        case "embedding" -> embedding = Json.floats(in, field);
        case "accumulator" -> accumulator = Json.number(in, field);
        case "degree" -> degree = Json.integer(in, field);
        case "popularity" -> popularity = Json.decimal(in, field);
        case "popularity_time" -> popularityTime = Json.time(in, field);
        case "first_seen" -> firstSeen = Json.time(in, field);
        case "last_seen" -> lastSeen = Json.time(in, field);
        case "hidden" -> hidden = Json.bool(in, field);
        case "contains" -> contains = contains(in);
        default -> in.skipChildren();
      }
    }
    return new ItemRow(
        Json.present(itemId, "item_id"),
        Json.present(epoch, "epoch"),
        Json.present(version, "version"),
        Json.present(embedding, "embedding"),
        accumulator,
        degree,
        popularity,
        popularityTime,
        firstSeen,
        lastSeen,
        hidden,
        contains);
  }

  private static long[] contains(JsonParser in) throws IOException, RecordException {
    Json.require(in, JsonToken.START_ARRAY, "contains", "an array of integers");
    long[] values = new long[4];
    int size = 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = Json.integer(in, "contains[]");
    }
    return Arrays.copyOf(values, size);
  }
}
