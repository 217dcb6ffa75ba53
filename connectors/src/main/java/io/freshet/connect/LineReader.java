// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/** The lines of a file as bytes, one after another, without their ends; blank lines are skipped. */
public final class LineReader implements Closeable {
  private final Path path;
  private final InputStream in;
  private final int maxLineBytes;
  private final String unit;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private byte[] text = new byte[512];
  private long line;

  /**
   * @param in closed with this reader
   * @param maxLineBytes a longer line is a fault: most likely the file is of another kind
   * @param unit what a line holds, for the message
   */
  public LineReader(Path path, InputStream in, int maxLineBytes, String unit) {
    this.path = path;
    this.in = in;
    this.maxLineBytes = maxLineBytes;
    this.unit = unit;
  }

  /**
   * The next line that is not blank, or null after the last.
   *
   * @throws DataFileException if it is too long or cannot be read
   */
  public byte[] next() throws IOException {
    byte[] next = nextOfAny();
    while (next != null && isBlank(next)) {
      next = nextOfAny();
    }
    return next;
  }

  /** Number of the line that {@link #next} gave last, from 1. */
  public long line() {
    return line;
  }

  private byte[] nextOfAny() throws IOException {
    int length = 0;
    while (fill()) {
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      text = append(text, length, buffer, position, end - position);
      length += end - position;
      position = end;
      if (end < limit) {
        position++;
        line++;
        return Arrays.copyOf(text, length);
      }
    }
    if (length == 0) {
      return null;
    }
    line++;
    return Arrays.copyOf(text, length);
  }

  private byte[] append(byte[] to, int length, byte[] from, int start, int count)
      throws DataFileException {
    byte[] grown = to;
    if (length + count > to.length) {
      if (length + count > maxLineBytes) {
        throw new DataFileException(
            path, line + 1, "is longer than " + maxLineBytes + " bytes; one " + unit + " a line");
      }
      grown = Arrays.copyOf(to, Math.max(2 * to.length, length + count));
    }
    System.arraycopy(from, start, grown, length, count);
    return grown;
  }

  private boolean fill() throws IOException {
    if (position == limit) {
      position = 0;
      try {
        limit = Math.max(0, in.read(buffer));
      } catch (IOException e) {
        throw new DataFileException(
            path, line + 1, "or a later one cannot be read: " + e.getMessage(), e);
      }
    }
    return limit > 0;
  }

  private static boolean isBlank(byte[] text) {
    for (byte b : text) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
