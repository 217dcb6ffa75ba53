// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import io.freshet.connect.DataFileException;
import io.freshet.schema.RecordError;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Splits UTF-8 text into rows and fields as RFC 4180 has it: commas, CRLF or LF, fields in quotes
 * with quotes doubled and line breaks allowed. Strict: a quote in the middle of a bare field is a
 * fault of its line, behind which the next row begins; one that never closes is a fault of all that
 * follows. Empty lines are skipped. A row's text is kept in one buffer that the next row
 * overwrites.
 */
final class CsvReader implements Closeable {
  /** A row longer than this is a fault: most likely a quote that never closes. */
  static final int MAX_ROW_CHARS = 1 << 20;

  private static final int END = -1;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path path;
  private final Reader reader;
  private final char[] buffer = new char[1 << 15];
  private int position;
  private int limit;
  private long linesRead;

  // The current row: its characters, and where each field ends in them.
  private char[] text = new char[256];
  private int length;
  private int[] ends = new int[8];
  private int fields;
  private long line;

  // Where it starts in the buffer, and what of it came before that.
  private int rowStart;
  private final StringBuilder before = new StringBuilder();

  CsvReader(Path path, InputStream bytes) throws IOException {
    this.path = path;
    this.reader =
        new InputStreamReader(
            bytes,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    if (peek() == BYTE_ORDER_MARK) {
      position++;
    }
  }

  /** Goes to the next row; false at the end. */
  boolean next() throws IOException {
    int c = read();
    while (c == '\n' || c == '\r') {
      linesRead += c == '\n' ? 1 : 0;
      c = read();
    }
    if (c == END) {
      return false;
    }
    line = linesRead + 1;
    before.setLength(0);
    rowStart = position - 1;
    length = 0;
    fields = 0;
    while (true) {
      c = c == '"' ? quoted() : bare(c);
      endField();
      if (c != ',') {
        break;
      }
      c = read();
    }
    if (c == '\n') {
      linesRead++;
    }
    return true;
  }

  /** Copies a bare field and returns what ended it: a comma, a line feed or the end. */
  private int bare(int first) throws IOException {
    int c = first;
    while (c != ',' && c != '\n' && c != END) {
      if (c == '"') {
        throw badLine(
            c, "a quote inside a field; put the whole field in quotes and double the quote");
      }
      if (c == '\r' && peek() == '\n') {
        return read();
      }
      append(c);
      c = read();
    }
    return c;
  }

  /** As {@link #bare}, behind an opening quote. */
  private int quoted() throws IOException {
    while (true) {
      int c = read();
      if (c == END) {
        throw fault("a quoted field is never closed");
      }
      if (c == '"') {
        c = read();
        if (c == '\r' && peek() == '\n') {
          c = read();
        }
        if (c == ',' || c == '\n' || c == END) {
          return c;
        }
        if (c != '"') {
          throw badLine(c, "a closing quote is followed by something else than a comma");
        }
      } else if (c == '\n') {
        linesRead++;
      }
      append(c);
    }
  }

  private void append(int c) throws DataFileException {
    if (length == text.length) {
      if (length == MAX_ROW_CHARS) {
        throw fault("is longer than " + MAX_ROW_CHARS + " characters");
      }
      text = Arrays.copyOf(text, 2 * length);
    }
    text[length++] = (char) c;
  }

  private void endField() {
    if (fields == ends.length) {
      ends = Arrays.copyOf(ends, 2 * fields);
    }
    ends[fields++] = length;
  }

  private int peek() throws IOException {
    int c = read();
    if (c != END) {
      position--;
    }
    return c;
  }

  private int read() throws IOException {
    if (position == limit) {
      before.append(buffer, rowStart, limit - rowStart);
      rowStart = 0;
      try {
        limit = Math.max(0, reader.read(buffer, 0, buffer.length));
      } catch (CharacterCodingException e) {
        throw new DataFileException(path, linesRead + 1, "or a later one is not UTF-8", e);
      } catch (IOException e) {
        throw new DataFileException(
            path, linesRead + 1, "or a later one cannot be read: " + e.getMessage(), e);
      }
      position = 0;
      if (limit == 0) {
        return END;
      }
    }
    return buffer[position++];
  }

  /** Number of fields in the current row. */
  int fields() {
    return fields;
  }

  /** A field of the current row, without its quotes. */
  String field(int index) {
    int start = start(index);
    return new String(text, start, ends[index] - start);
  }

  /** Whether a field of the current row is this. */
  boolean is(int index, String expected) {
    int start = start(index);
    return Arrays.equals(text, start, ends[index], expected.toCharArray(), 0, expected.length());
  }

  private int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  /** The line where the current row starts, from 1. */
  long line() {
    return line;
  }

  /** The current row as it stands in the file, without its line end. */
  String text() {
    return (before + new String(buffer, rowStart, position - rowStart)).stripTrailing();
  }

  /** Reads the rest of the line at which a character cannot be. */
  private BadEventException badLine(int at, String fault) throws IOException {
    int c = at;
    while (c != '\n' && c != END) {
      c = read();
    }
    linesRead += c == '\n' ? 1 : 0;
    return new BadEventException(path, line, RecordError.MALFORMED, fault, text());
  }

  private DataFileException fault(String fault) {
    return new DataFileException(path, line, fault);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
