// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import io.freshet.connect.DataFileException;
import io.freshet.schema.Interaction;
import io.freshet.schema.RecordError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/** The events of a CSV file; the format is that of {@link EventFile}. */
final class CsvEvents implements EventStream {
  private static final String EVENT_ID = "event_id";
  private static final String USER_ID = "user_id";
  private static final String ITEM_ID = "item_id";
  private static final String EVENT_TYPE = "event_type";
  private static final String TIMESTAMP = "timestamp_ms";
  private static final String VALUE = "value";
  private static final int ABSENT = -1;

  private final Path path;
  private final CsvReader rows;
  private final int columns;
  private final int eventId;
  private final int userId;
  private final int itemId;
  private final int eventType;
  private final int timestamp;
  private final int value;
  private String lastType = "";

  CsvEvents(Path path, InputStream bytes) throws IOException {
    this.path = path;
    this.rows = new CsvReader(path, bytes);
    if (!rows.next()) {
      throw new DataFileException(path, "is empty; its first line must be a header");
    }
    this.columns = rows.fields();
    this.eventId = required(EVENT_ID);
    this.userId = required(USER_ID);
    this.itemId = required(ITEM_ID);
    this.eventType = required(EVENT_TYPE);
    this.timestamp = required(TIMESTAMP);
    this.value = column(VALUE);
  }

  private int required(String name) throws DataFileException {
    int column = column(name);
    if (column == ABSENT) {
      throw new DataFileException(
          path,
          rows.line(),
          "the header has no column "
              + name
              + "; it must name event_id,user_id,item_id,event_type,timestamp_ms and may name value");
    }
    return column;
  }

  private int column(String name) throws DataFileException {
    int found = ABSENT;
    for (int i = 0; i < columns; i++) {
      if (rows.field(i).equals(name)) {
        if (found != ABSENT) {
          throw new DataFileException(path, rows.line(), "the header names " + name + " twice");
        }
        found = i;
      }
    }
    return found;
  }

  @Override
  public Interaction next() throws IOException {
    if (!rows.next()) {
      return null;
    }
    if (rows.fields() != columns) {
      throw fault(
          RecordError.MALFORMED,
          "has " + rows.fields() + " fields, but the header names " + columns + " columns");
    }
    return new Interaction(
        id(eventId, EVENT_ID),
        id(userId, USER_ID),
        id(itemId, ITEM_ID),
        type(),
        time(),
        value == ABSENT ? Float.NaN : value(),
        null,
        Map.of());
  }

  private String id(int column, String name) throws BadEventException {
    String id = rows.field(column);
    if (id.isEmpty()) {
      throw fault(RecordError.MISSING_FIELD, name + " is empty");
    }
    if (id.length() > Interaction.MAX_ID_LENGTH) {
      throw fault(
          RecordError.OUT_OF_RANGE,
          name + " has " + id.length() + " characters; at most " + Interaction.MAX_ID_LENGTH);
    }
    return id;
  }

  // A file has few types, often in runs: one string each instead of one per event.
  private String type() throws BadEventException {
    if (!rows.is(eventType, lastType)) {
      lastType = id(eventType, EVENT_TYPE);
    }
    return lastType;
  }

  private long time() throws BadEventException {
    String text = rows.field(timestamp);
    long time;
    try {
      time = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw fault(
          text.isEmpty() ? RecordError.MISSING_FIELD : RecordError.WRONG_TYPE,
          text.isEmpty()
              ? TIMESTAMP + " is empty"
              : TIMESTAMP + " must be milliseconds since 1970, not " + quote(text));
    }
    if (time < 0) {
      throw fault(RecordError.OUT_OF_RANGE, TIMESTAMP + " " + text + " lies before 1970");
    }
    return time;
  }

  private float value() throws BadEventException {
    String text = rows.field(value);
    if (text.isEmpty()) {
      return Float.NaN;
    }
    float number;
    try {
      number = Float.parseFloat(text);
    } catch (NumberFormatException e) {
      throw fault(RecordError.WRONG_TYPE, VALUE + " must be a number or empty, not " + quote(text));
    }
    if (!Float.isFinite(number)) {
      throw fault(
          RecordError.OUT_OF_RANGE, VALUE + " " + quote(text) + " is not a finite 32-bit float");
    }
    return number;
  }

  private static String quote(String text) {
    return "\"" + (text.length() <= 40 ? text : text.substring(0, 40) + "...") + "\"";
  }

  private BadEventException fault(RecordError error, String fault) {
    return new BadEventException(path, rows.line(), error, fault, rows.text());
  }

  @Override
  public long line() {
    return rows.line();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
