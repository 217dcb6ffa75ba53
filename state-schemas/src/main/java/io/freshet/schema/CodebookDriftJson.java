// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** JSON form of {@link CodebookDrift}: {@code schema/codebook.schema.json}. */
public final class CodebookDriftJson {
  private CodebookDriftJson() {}

  /** The record as UTF-8 JSON. */
  public static byte[] write(CodebookDrift drift) {
    return Json.write(
        out -> {
          out.writeStartObject();
          out.writeStringField("books", drift.books());
          out.writeNumberField("epoch", drift.epoch());
          out.writeNumberField("version", drift.version());
          out.writeNumberField("level", drift.level());
          out.writeNumberField("levels", drift.levels());
          out.writeNumberField("event_time", drift.eventTime());
          out.writeNumberField("generated_at", drift.generatedAt());
          out.writeStringField("outcome", drift.outcome().wireName());
          if (drift.reason() != null) {
            out.writeStringField("reason", drift.reason());
          }
          writeFigures(drift.figures(), out);
          out.writeArrayFieldStart("alarms");
          for (CodebookAlarm alarm : drift.alarms()) {
            writeAlarm(alarm, out);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void writeFigures(CodebookDrift.Figures figures, JsonGenerator out)
      throws IOException {
    out.writeNumberField("users", figures.users());
    out.writeNumberField("codes", figures.codes());
    out.writeNumberField("codes_used", figures.codesUsed());
    out.writeNumberField("perplexity", figures.perplexity());
    out.writeNumberField("dead", figures.dead());
    out.writeNumberField("expired", figures.expired());
    out.writeNumberField("largest_share", figures.largestShare());
    out.writeNumberField("error", figures.error());
    out.writeNumberField("centroid_shift", figures.centroidShift());
    out.writeNumberField("changed", figures.changed());
    out.writeNumberField("separation", figures.separation());
    out.writeNumberField("effective_rank", figures.effectiveRank());
    out.writeFieldName("usage");
    out.writeArray(figures.usage(), 0, figures.usage().length);
  }

  private static void writeAlarm(CodebookAlarm alarm, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("metric", alarm.metric());
    out.writeNumberField("level", alarm.level());
    out.writeStringField("detector", alarm.detector());
    out.writeNumberField("value", alarm.value());
    out.writeNumberField("threshold", alarm.threshold());
    out.writeNumberField("since", alarm.since());
    out.writeEndObject();
  }

  /**
   * The drift in a record's value.
   *
   * @throws RecordException if the bytes do not follow the schema
   */
  public static CodebookDrift read(byte[] json) throws RecordException {
    return Json.readObject(json, CodebookDriftJson::read);
  }

  private static CodebookDrift read(JsonParser in) throws IOException, RecordException {
    CodebookFigures figures = new CodebookFigures();
    String books = null;
    Long epoch = null;
    Long version = null;
    Integer level = null;
    Integer levels = null;
    Long eventTime = null;
    Long generatedAt = null;
    String outcome = null;
    String reason = null;
    List<CodebookAlarm> alarms = List.of();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "books" -> books = Json.id(in, field);
        case "epoch" -> epoch = Json.integer(in, field);
        case "version" -> version = Json.integer(in, field);
        case "level" -> level = Json.count(in, field);
        case "levels" -> levels = Json.count(in, field);
        case "event_time" -> eventTime = Json.time(in, field);
        case "generated_at" -> generatedAt = Json.time(in, field);
        case "outcome" -> outcome = Json.id(in, field);
        case "reason" -> reason = Json.text(in, field);
        case "alarms" -> alarms = alarms(in);
        default -> figures.read(in, field);
      }
    }
    return new CodebookDrift(
        Json.present(books, "books"),
        Json.present(epoch, "epoch"),
        Json.present(version, "version"),
        Json.present(level, "level"),
        Json.present(levels, "levels"),
        Json.present(eventTime, "event_time"),
        Json.present(generatedAt, "generated_at"),
        outcome(Json.present(outcome, "outcome")),
        reason,
        figures.present(),
        alarms);
  }

  private static List<CodebookAlarm> alarms(JsonParser in) throws IOException, RecordException {
    Json.require(in, JsonToken.START_ARRAY, "alarms", "an array");
    List<CodebookAlarm> alarms = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      Json.require(in, JsonToken.START_OBJECT, "alarms[]", "an object");
      alarms.add(alarm(in));
    }
    return List.copyOf(alarms);
  }

  private static CodebookAlarm alarm(JsonParser in) throws IOException, RecordException {
    String metric = null;
    Integer level = null;
    String detector = null;
    Double value = null;
    Double threshold = null;
    Long since = null;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "metric" -> metric = Json.id(in, "alarms[].metric");
        case "level" -> level = Json.count(in, "alarms[].level");
        case "detector" -> detector = Json.id(in, "alarms[].detector");
        case "value" -> value = Json.decimal(in, "alarms[].value");
        case "threshold" -> threshold = Json.decimal(in, "alarms[].threshold");
        case "since" -> since = Json.time(in, "alarms[].since");
        default -> in.skipChildren();
      }
    }
    return new CodebookAlarm(
        Json.present(metric, "alarms[].metric"),
        Json.present(level, "alarms[].level"),
        Json.present(detector, "alarms[].detector"),
        Json.present(value, "alarms[].value"),
        Json.present(threshold, "alarms[].threshold"),
        Json.present(since, "alarms[].since"));
  }

  private static CodebookDrift.Outcome outcome(String name) throws RecordException {
    for (CodebookDrift.Outcome outcome : CodebookDrift.Outcome.values()) {
      if (outcome.wireName().equals(name)) {
        return outcome;
      }
    }
    throw new RecordException(
        RecordError.OUT_OF_RANGE,
        "outcome \""
            + Json.abbreviate(name)
            + "\" is none of published, held_back, rolled_back, refused");
  }
}
