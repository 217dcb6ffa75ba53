// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** JSON form of {@link QualityWindow}: {@code schema/quality.schema.json}. */
public final class QualityWindowJson {
  private QualityWindowJson() {}

  /** The record as UTF-8 JSON. */
  public static byte[] write(QualityWindow window) {
    return Json.write(
        out -> {
          out.writeStartObject();
          out.writeStringField("model", window.model());
          out.writeNumberField("window", window.window());
          out.writeNumberField("from_time", window.fromTime());
          out.writeNumberField("to_time", window.toTime());
          writeSums("warm", window.warm(), out);
          writeSums("all", window.all(), out);
          out.writeBooleanField("last", window.last());
          out.writeEndObject();
        });
  }

  private static void writeSums(String field, QualityWindow.Sums sums, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart(field);
    out.writeNumberField("tests", sums.tests());
    out.writeNumberField("hits@10", sums.hits10());
    out.writeNumberField("hits@20", sums.hits20());
    out.writeNumberField("ndcg@20_sum", sums.ndcg20());
    out.writeEndObject();
  }

  /**
   * The window in a record's value.
   *
   * @throws RecordException if the bytes do not follow the schema
   */
  public static QualityWindow read(byte[] json) throws RecordException {
    return Json.readObject(json, QualityWindowJson::read);
  }

  private static QualityWindow read(JsonParser in) throws IOException, RecordException {
    String model = null;
    Long window = null;
    Long fromTime = null;
    Long toTime = null;
    QualityWindow.Sums warm = null;
    QualityWindow.Sums all = null;
    boolean last = false;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "model" -> model = Json.id(in, field);
        case "window" -> window = Json.integer(in, field);
        case "from_time" -> fromTime = Json.time(in, field);
        case "to_time" -> toTime = Json.time(in, field);
        case "warm" -> warm = sums(in, field);
        case "all" -> all = sums(in, field);
        case "last" -> last = Json.bool(in, field);
        default -> in.skipChildren();
      }
    }
    return new QualityWindow(
        Json.present(model, "model"),
        Json.present(window, "window"),
        Json.present(fromTime, "from_time"),
        Json.present(toTime, "to_time"),
        Json.present(warm, "warm"),
        Json.present(all, "all"),
        last);
  }

  private static QualityWindow.Sums sums(JsonParser in, String field)
      throws IOException, RecordException {
    Json.require(in, JsonToken.START_OBJECT, field, "an object");
    long tests = 0;
    long hits10 = 0;
    long hits20 = 0;
    double ndcg20 = 0;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "tests" -> tests = Json.integer(in, name);
        case "hits@10" -> hits10 = Json.integer(in, name);
        case "hits@20" -> hits20 = Json.integer(in, name);
        case "ndcg@20_sum" -> ndcg20 = Json.decimal(in, name);
        default -> in.skipChildren();
      }
    }
    return new QualityWindow.Sums(tests, hits10, hits20, ndcg20);
  }
}
