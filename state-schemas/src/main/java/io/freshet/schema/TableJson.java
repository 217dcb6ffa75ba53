// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * JSON form of the lines of a table file; {@code deploy/docs/tables.md} describes them. Rows are
 * base64 of little-endian 32-bit floats, as in {@link ItemRowJson}.
 */
public final class TableJson {
  /** What a header's {@code format} says. */
  public static final String FORMAT = "freshet-tables";

  /** The version that is written, and the latest that is read. */
  public static final int VERSION = 1;

  private TableJson() {}

  /** The header's line, without its end. */
  public static byte[] write(TableHeader header) {
    return Json.write(
        out -> {
          out.writeStartObject();
          out.writeStringField("format", FORMAT);
          out.writeNumberField("version", VERSION);
          out.writeStringField("encoder", header.encoder());
          out.writeNumberField("dim", header.dim());
          out.writeNumberField("layers", header.layers());
          out.writeNumberField("items", header.items());
          out.writeNumberField("users", header.users());
          out.writeNumberField("time", header.time());
          out.writeEndObject();
        });
  }

  /** An item's line, without its end. */
  public static byte[] write(TableItem item) {
    return Json.write(
        out -> {
          out.writeStartObject();
          out.writeStringField("item", item.id());
          out.writeNumberField("degree", item.degree());
          Json.writeFloats(out, "base", item.baseRow());
          Json.writeFloats(out, "final", item.finalRow());
          out.writeEndObject();
        });
  }

  /** A user's line, without its end. */
  public static byte[] write(TableUser user) {
    return Json.write(
        out -> {
          out.writeStartObject();
          out.writeStringField("user", user.id());
          Json.writeFloats(out, "base", user.baseRow());
          Json.writeFloats(out, "final", user.finalRow());
          if (user.thresholds().length > 0) {
            out.writeArrayFieldStart("thresholds");
            for (float threshold : user.thresholds()) {
              out.writeNumber(threshold);
            }
            out.writeEndArray();
          }
          out.writeArrayFieldStart("items");
          for (String item : user.items()) {
            out.writeString(item);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  /**
   * The header in a file's first line.
   *
   * @throws RecordException if the line is another format's, a newer version's, or damaged
   */
  public static TableHeader readHeader(byte[] line) throws RecordException {
    return Json.readObject(line, TableJson::header);
  }

  /**
   * The item in a line.
   *
   * @throws RecordException if the line is none, or its rows do not fit the header
   */
  public static TableItem readItem(byte[] line, TableHeader header) throws RecordException {
    return Json.readObject(line, in -> item(in, header));
  }

  /**
   * The user in a line.
   *
   * @throws RecordException if the line is none, or its rows do not fit the header
   */
  public static TableUser readUser(byte[] line, TableHeader header) throws RecordException {
    return Json.readObject(line, in -> user(in, header));
  }

  private static TableHeader header(JsonParser in) throws IOException, RecordException {
    String format = null;
    Long version = null;
    String encoder = null;
    Integer dim = null;
    Integer layers = null;
    Integer items = null;
    Integer users = null;
    Long time = null;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "format" -> format = Json.id(in, field);
        case "version" -> version = Json.integer(in, field);
        case "encoder" -> encoder = Json.id(in, field);
        case "dim" -> dim = count(in, field, 1);
        case "layers" -> layers = count(in, field, 0);
        case "items" -> items = count(in, field, 0);
        case "users" -> users = count(in, field, 0);
        case "time" -> time = Json.time(in, field);
        default -> in.skipChildren();
      }
    }
    if (!FORMAT.equals(format)) {
      throw new RecordException(
          RecordError.OUT_OF_RANGE,
          (format == null ? "format is missing" : "format is \"" + Json.abbreviate(format) + "\"")
              + ", but a table file begins with a header whose format is \""
              + FORMAT
              + "\"");
    }
    long given = Json.present(version, "version");
    if (given < 1 || given > VERSION) {
      throw new RecordException(
          RecordError.OUT_OF_RANGE,
          "version is " + given + ", but this Freshet reads versions 1 to " + VERSION);
    }
    return new TableHeader(
        Json.present(encoder, "encoder"),
        Json.present(dim, "dim"),
        Json.present(layers, "layers"),
        Json.present(items, "items"),
        Json.present(users, "users"),
        Json.present(time, "time"));
  }

  private static TableItem item(JsonParser in, TableHeader header)
      throws IOException, RecordException {
    String id = null;
    Long degree = null;
    float[] base = null;
    float[] last = null;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "item" -> id = Json.id(in, field);
        case "degree" -> degree = (long) count(in, field, 0);
        case "base" -> base = row(in, field, header);
        case "final" -> last = row(in, field, header);
        default -> in.skipChildren();
      }
    }
    return new TableItem(
        Json.present(id, "item"),
        Json.present(degree, "degree"),
        Json.present(base, "base"),
        Json.present(last, "final"));
  }

  private static TableUser user(JsonParser in, TableHeader header)
      throws IOException, RecordException {
    String id = null;
    float[] base = null;
    float[] last = null;
    float[] thresholds = {};
    String[] items = null;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "user" -> id = Json.id(in, field);
        case "base" -> base = row(in, field, header);
        case "final" -> last = row(in, field, header);
        case "thresholds" -> thresholds = thresholds(in, header);
        case "items" -> items = items(in);
        default -> in.skipChildren();
      }
    }
    return new TableUser(
        Json.present(id, "user"),
        Json.present(base, "base"),
        Json.present(last, "final"),
        thresholds,
        Json.present(items, "items"));
  }

  private static int count(JsonParser in, String field, int min)
      throws IOException, RecordException {
    long value = Json.integer(in, field);
    if (value < min || value > Integer.MAX_VALUE) {
      throw new RecordException(
          RecordError.OUT_OF_RANGE,
          field + " is " + value + ", but must be from " + min + " to " + Integer.MAX_VALUE);
    }
    return (int) value;
  }

  private static float[] row(JsonParser in, String field, TableHeader header)
      throws IOException, RecordException {
    float[] row = Json.floats(in, field);
    if (row.length != header.dim()) {
      throw new RecordException(
          RecordError.OUT_OF_RANGE,
          field + " has " + row.length + " values, but the header's dim is " + header.dim());
    }
    for (float value : row) {
      if (!Float.isFinite(value)) {
        throw new RecordException(
            RecordError.OUT_OF_RANGE, field + " holds " + value + ", which is no finite number");
      }
    }
    return row;
  }

  private static float[] thresholds(JsonParser in, TableHeader header)
      throws IOException, RecordException {
    Json.require(in, JsonToken.START_ARRAY, "thresholds", "an array of numbers");
    float[] values = new float[4];
    int size = 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = Json.number(in, "thresholds[]");
    }
    if (size != 0 && size != header.layers()) {
      throw new RecordException(
          RecordError.OUT_OF_RANGE,
          "thresholds has " + size + " values, but the header's layers is " + header.layers());
    }
    return Arrays.copyOf(values, size);
  }

  private static String[] items(JsonParser in) throws IOException, RecordException {
    Json.require(in, JsonToken.START_ARRAY, "items", "an array of item ids");
    List<String> items = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      items.add(Json.id(in, "items[]"));
    }
    return items.toArray(String[]::new);
  }
}
