// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
          writeCounts(out, row.counts());
          writeCompanions(out, row.companions());
          out.writeBooleanField("hidden", row.hidden());
          Json.writeIntegers(out, "contains", row.contains());
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

  private static void writeCounts(JsonGenerator out, RowCounts counts) throws IOException {
    out.writeNumberField("degree", counts.degree());
    out.writeNumberField("exposures", counts.exposures());
    out.writeFieldName("popularity");
    out.writeArray(counts.popularity(), 0, counts.popularity().length);
    out.writeNumberField("exposure", counts.exposure());
    out.writeNumberField("counts_time", counts.time());
    if (counts.lastSeen() != RowCounts.NEVER_LAST) {
      out.writeNumberField("first_seen", counts.firstSeen());
      out.writeNumberField("last_seen", counts.lastSeen());
    }
  }

  private static void writeCompanions(JsonGenerator out, RowCompanions companions)
      throws IOException {
    if (companions.items().length > 0) {
      out.writeFieldName("companions");
      out.writeArray(companions.items(), 0, companions.items().length);
      Json.writeFloats(out, "companions_wide", companions.wide());
      Json.writeFloats(out, "companions_near", companions.near());
    }
  }

  private static ItemRow read(JsonParser in) throws IOException, RecordException {
    String itemId = null;
    Long epoch = null;
    Long version = null;
    float[] embedding = null;
    float accumulator = 0;
    long degree = 0;
    long exposures = 0;
    double[] popularity = {};
    double exposure = 0;
    long countsTime = 0;
    long firstSeen = RowCounts.NEVER_FIRST;
    long lastSeen = RowCounts.NEVER_LAST;
    String[] companions = {};
    float[] wide = {};
    float[] near = {};
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
        case "exposures" -> exposures = Json.integer(in, field);
        case "popularity" -> popularity = Json.decimals(in, field);
        case "exposure" -> exposure = Json.decimal(in, field);
        case "counts_time" -> countsTime = Json.time(in, field);
        case "first_seen" -> firstSeen = Json.time(in, field);
        case "last_seen" -> lastSeen = Json.time(in, field);
        case "companions" -> companions = companions(in);
        case "companions_wide" -> wide = Json.floats(in, field);
        case "companions_near" -> near = Json.floats(in, field);
        case "hidden" -> hidden = Json.bool(in, field);
        case "contains" -> contains = Json.integers(in, field);
        default -> in.skipChildren();
      }
    }
    return new ItemRow(
        Json.present(itemId, "item_id"),
        Json.present(epoch, "epoch"),
        Json.present(version, "version"),
        Json.present(embedding, "embedding"),
        accumulator,
        new RowCounts(degree, exposures, popularity, exposure, countsTime, firstSeen, lastSeen),
        companions(companions, wide, near),
        hidden,
        contains);
  }

  private static String[] companions(JsonParser in) throws IOException, RecordException {
    Json.require(in, JsonToken.START_ARRAY, "companions", "an array of item ids");
    List<String> ids = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      ids.add(Json.id(in, "companions[]"));
    }
    return ids.toArray(new String[0]);
  }

  private static RowCompanions companions(String[] items, float[] wide, float[] near)
      throws RecordException {
    if (wide.length != items.length || near.length != items.length) {
      throw new RecordException(
          RecordError.OUT_OF_RANGE,
          "companions, companions_wide and companions_near differ in number");
    }
    return items.length == 0 ? RowCompanions.NONE : new RowCompanions(items, wide, near);
  }
}
