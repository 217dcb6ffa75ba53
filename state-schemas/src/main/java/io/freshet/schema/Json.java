// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;

/** Reading and writing single fields so that every fault names its field. */
final class Json {
  private static final int MAX_MESSAGE_LENGTH = 300;

  private static final JsonFactory FACTORY = factory(64 * 1024);
  private static final JsonFactory OF_LARGE_RECORDS = factory(1024 * 1024);

  /** Reads one object's fields; the parser stands on its opening brace. */
  interface ObjectReader<T> {
    T read(JsonParser in) throws IOException, RecordException;
  }

  /** Writes one value. */
  interface Writer {
    void write(JsonGenerator out) throws IOException;
  }

  private Json() {}

  private static JsonFactory factory(int maxStringLength) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxStringLength(maxStringLength)
                .maxNestingDepth(32)
                .maxNumberLength(64)
                .build())
        .build();
  }

  static byte[] write(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  static <T> T readObject(byte[] json, ObjectReader<T> reader) throws RecordException {
    return readObject(FACTORY, json, reader);
  }

  /** For a record that nobody but the job writes, and that may hold a string of a megabyte. */
  static <T> T readLargeObject(byte[] json, ObjectReader<T> reader) throws RecordException {
    return readObject(OF_LARGE_RECORDS, json, reader);
  }

  private static <T> T readObject(JsonFactory factory, byte[] json, ObjectReader<T> reader)
      throws RecordException {
    if (json == null || json.length == 0) {
      throw new RecordException(RecordError.EMPTY, "the record has no value");
    }
    try (JsonParser in = factory.createParser(json)) {
      return readObject(in, reader);
    } catch (IOException e) {
      throw new RecordException(RecordError.MALFORMED, "not valid JSON: " + firstLine(e));
    }
  }

  private static <T> T readObject(JsonParser in, ObjectReader<T> reader)
      throws IOException, RecordException {
    try {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new RecordException(RecordError.MALFORMED, "the value is not a JSON object");
      }
      T value = reader.read(in);
      if (in.nextToken() != null) {
        throw new RecordException(
            RecordError.MALFORMED, "the JSON object is followed by something else");
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw new RecordException(RecordError.TOO_LARGE, place(in) + firstLine(e));
    } catch (IOException e) {
      throw new RecordException(
          RecordError.MALFORMED, "not valid JSON " + place(in) + firstLine(e));
    }
  }

  /** The field at hand, or the one before, for a fault that the parser found. */
  private static String place(JsonParser in) {
    StringBuilder path = new StringBuilder();
    for (JsonStreamContext at = in.getParsingContext(); at != null; at = at.getParent()) {
      if (at.getCurrentName() != null) {
        path.insert(0, path.isEmpty() ? "" : ".").insert(0, abbreviate(at.getCurrentName()));
      }
    }
    return path.isEmpty() ? "at the start: " : "at " + path + ": ";
  }

  private static String firstLine(IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return line.length() <= MAX_MESSAGE_LENGTH ? line : line.substring(0, MAX_MESSAGE_LENGTH);
  }

  static <T> T present(T value, String field) throws RecordException {
    if (value == null) {
      throw new RecordException(RecordError.MISSING_FIELD, field + " is missing");
    }
    return value;
  }

  static void require(JsonParser in, JsonToken token, String field, String what)
      throws IOException, RecordException {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      throw new RecordException(RecordError.MISSING_FIELD, field + " is null");
    }
    if (in.currentToken() != token) {
      throw new RecordException(
          RecordError.WRONG_TYPE, field + " must be " + what + ", not " + describe(in));
    }
  }

  private static String describe(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_STRING -> "the string \"" + abbreviate(in.getText()) + "\"";
      default -> "the number " + abbreviate(in.getText());
    };
  }

  static String abbreviate(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  static String id(JsonParser in, String field) throws IOException, RecordException {
    require(in, JsonToken.VALUE_STRING, field, "a string");
    String id = in.getText();
    if (id.isEmpty()) {
      throw new RecordException(RecordError.MISSING_FIELD, field + " is empty");
    }
    if (id.length() > Interaction.MAX_ID_LENGTH) {
      throw new RecordException(
          RecordError.TOO_LARGE,
          field + " has " + id.length() + " characters; at most " + Interaction.MAX_ID_LENGTH);
    }
    return encodable(id, field);
  }

  // JSON can escape half of a surrogate pair. UTF-8 cannot hold it, so that such an id could
  // neither
  // be a key nor be written again, and the first attempt would stop the job.
  static String encodable(String text, String field) throws RecordException {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          throw new RecordException(
              RecordError.OUT_OF_RANGE, field + " holds half of a surrogate pair");
        }
        i++;
      }
    }
    return text;
  }

  /** A text of any length that the reader allows. */
  static String text(JsonParser in, String field) throws IOException, RecordException {
    require(in, JsonToken.VALUE_STRING, field, "a string");
    return encodable(in.getText(), field);
  }

  static String optionalId(JsonParser in, String field) throws IOException, RecordException {
    return in.currentToken() == JsonToken.VALUE_NULL ? null : id(in, field);
  }

  static float optionalFloat(JsonParser in, String field) throws IOException, RecordException {
    return in.currentToken() == JsonToken.VALUE_NULL ? Float.NaN : number(in, field);
  }

  static float number(JsonParser in, String field) throws IOException, RecordException {
    requireNumber(in, field);
    float value = in.getFloatValue();
    if (!Float.isFinite(value)) {
      throw new RecordException(RecordError.OUT_OF_RANGE, field + " does not fit a 32-bit float");
    }
    return value;
  }

  static double decimal(JsonParser in, String field) throws IOException, RecordException {
    requireNumber(in, field);
    double value = in.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw new RecordException(RecordError.OUT_OF_RANGE, field + " does not fit a 64-bit float");
    }
    return value;
  }

  private static void requireNumber(JsonParser in, String field)
      throws IOException, RecordException {
    if (!in.currentToken().isNumeric()) {
      require(in, JsonToken.VALUE_NUMBER_FLOAT, field, "a number");
    }
  }

  static boolean bool(JsonParser in, String field) throws IOException, RecordException {
    if (!in.currentToken().isBoolean()) {
      require(in, JsonToken.VALUE_TRUE, field, "true or false");
    }
    return in.getBooleanValue();
  }

  static long integer(JsonParser in, String field) throws IOException, RecordException {
    require(in, JsonToken.VALUE_NUMBER_INT, field, "an integer");
    if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw new RecordException(
          RecordError.OUT_OF_RANGE,
          field + " " + abbreviate(in.getText()) + " does not fit a 64-bit integer");
    }
    return in.getLongValue();
  }

  /** A number of things: an integer from 0 that fits 31 bits. */
  static int count(JsonParser in, String field) throws IOException, RecordException {
    long value = integer(in, field);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new RecordException(
          RecordError.OUT_OF_RANGE,
          field + " is " + value + ", but must be from 0 to " + Integer.MAX_VALUE);
    }
    return (int) value;
  }

  static int[] counts(JsonParser in, String field) throws IOException, RecordException {
    require(in, JsonToken.START_ARRAY, field, "an array of integers");
    int[] values = new int[4];
    int size = 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = count(in, field + "[]");
    }
    return Arrays.copyOf(values, size);
  }

  static double[] decimals(JsonParser in, String field) throws IOException, RecordException {
    require(in, JsonToken.START_ARRAY, field, "an array of numbers");
    double[] values = new double[8];
    int size = 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = decimal(in, field + "[]");
    }
    return Arrays.copyOf(values, size);
  }

  /** Milliseconds since 1970 as an integer, or an RFC 3339 date and time as a string. */
  static long time(JsonParser in, String field) throws IOException, RecordException {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      return rfc3339(in.getText(), field);
    }
    require(in, JsonToken.VALUE_NUMBER_INT, field, "milliseconds since 1970 or an RFC 3339 string");
    if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER || in.getLongValue() < 0) {
      throw new RecordException(
          RecordError.OUT_OF_RANGE, field + " " + abbreviate(in.getText()) + " is not a time");
    }
    return in.getLongValue();
  }

  private static long rfc3339(String text, String field) throws RecordException {
    long millis;
    try {
      millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new RecordException(
          RecordError.OUT_OF_RANGE,
          field + " \"" + abbreviate(text) + "\" is not an RFC 3339 date and time");
    }
    if (millis < 0) {
      throw new RecordException(RecordError.OUT_OF_RANGE, field + " lies before 1970");
    }
    return millis;
  }

  /** An array of floats as base64 of little-endian 32-bit values. */
  static void writeFloats(JsonGenerator out, String field, float[] values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    out.writeFieldName(field);
    out.writeBinary(bytes.array());
  }

  /** What {@link #writeFloats} wrote. */
  static float[] floats(JsonParser in, String field) throws IOException, RecordException {
    require(in, JsonToken.VALUE_STRING, field, "a base64 string");
    byte[] bytes = in.getBinaryValue();
    if (bytes.length % Float.BYTES != 0) {
      throw new RecordException(
          RecordError.OUT_OF_RANGE, field + " is not a whole number of 32-bit floats");
    }
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /** An array of integers. */
  static void writeIntegers(JsonGenerator out, String field, long[] values) throws IOException {
    out.writeFieldName(field);
    out.writeArray(values, 0, values.length);
  }

  /** What {@link #writeIntegers} wrote. */
  static long[] integers(JsonParser in, String field) throws IOException, RecordException {
    require(in, JsonToken.START_ARRAY, field, "an array of integers");
    long[] values = new long[4];
    int size = 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = integer(in, field + "[]");
    }
    return Arrays.copyOf(values, size);
  }
}
