// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** JSON form of {@link CodebookRow}: {@code schema/codebook-row.schema.json}. */
public final class CodebookRowJson {
  private CodebookRowJson() {}

  /** The record as UTF-8 JSON. */
  public static byte[] write(CodebookRow row) {
    return Json.write(
        out -> {
          out.writeStartObject();
          out.writeStringField("books", row.books());
          out.writeNumberField("epoch", row.epoch());
          out.writeNumberField("version", row.version());
          out.writeNumberField("levels", row.levels());
          out.writeNumberField("codes", row.codes());
          out.writeNumberField("dim", row.dim());
          Json.writeFloats(out, "centroids", row.centroids());
          Json.writeFloats(out, "shares", row.shares());
          out.writeNumberField("event_time", row.eventTime());
          out.writeEndObject();
        });
  }

  /**
   * The books in a record's value.
   *
   * @throws RecordException if the bytes do not follow the schema
   */
  public static CodebookRow read(byte[] json) throws RecordException {
    return Json.readLargeObject(json, CodebookRowJson::read);
  }

  private static CodebookRow read(JsonParser in) throws IOException, RecordException {
    String books = null;
    Long epoch = null;
    Long version = null;
    Integer levels = null;
    Integer codes = null;
    Integer dim = null;
    float[] centroids = null;
    float[] shares = null;
    Long eventTime = null;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "books" -> books = Json.id(in, field);
        case "epoch" -> epoch = Json.integer(in, field);
        case "version" -> version = Json.integer(in, field);
        case "levels" -> levels = Json.count(in, field);
        case "codes" -> codes = Json.count(in, field);
        case "dim" -> dim = Json.count(in, field);
        case "centroids" -> centroids = Json.floats(in, field);
        case "shares" -> shares = Json.floats(in, field);
        case "event_time" -> eventTime = Json.time(in, field);
        default -> in.skipChildren();
      }
    }
    Json.present(books, "books");
    Json.present(epoch, "epoch");
    Json.present(version, "version");
    Json.present(levels, "levels");
    Json.present(codes, "codes");
    Json.present(dim, "dim");
    Json.present(centroids, "centroids");
    Json.present(shares, "shares");
    Json.present(eventTime, "event_time");
    if (!CodebookRow.fits(levels, codes, dim, centroids, shares)) {
      throw new RecordException(
          RecordError.OUT_OF_RANGE,
          "centroids and shares have "
              + centroids.length
              + " and "
              + shares.length
              + " values, but levels, codes and dim are "
              + levels
              + ", "
              + codes
              + " and "
              + dim);
    }
    return new CodebookRow(books, epoch, version, levels, codes, dim, centroids, shares, eventTime);
  }
}
