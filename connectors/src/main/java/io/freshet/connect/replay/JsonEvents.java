// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import io.freshet.schema.Interaction;
import io.freshet.schema.InteractionJson;
import io.freshet.schema.RecordException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/** The events of a file with one JSON interaction a line; blank lines are skipped. */
final class JsonEvents implements EventStream {
  /** A line longer than this is a fault: most likely not JSON lines. */
  static final int MAX_LINE_BYTES = 1 << 20;

  private final Path path;
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private byte[] text = new byte[512];
  private long line;

  JsonEvents(Path path, InputStream in) {
    this.path = path;
    this.in = in;
  }

  @Override
  public Interaction next() throws IOException {
    byte[] json = nextLine();
    while (json != null && isBlank(json)) {
      json = nextLine();
    }
    if (json == null) {
      return null;
    }
    try {
      return InteractionJson.read(json);
    } catch (RecordException e) {
      throw new EventFileException(path, line, e.getMessage());
    }
  }

  private byte[] nextLine() throws IOException {
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
      throws EventFileException {
    byte[] grown = to;
    if (length + count > to.length) {
      if (length + count > MAX_LINE_BYTES) {
        throw new EventFileException(
            path, line + 1, "is longer than " + MAX_LINE_BYTES + " bytes; one interaction a line");
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
        throw new EventFileException(
            path, line + 1, "or a later one cannot be read: " + e.getMessage(), e);
      }
    }
    return limit > 0;
  }

  private static boolean isBlank(byte[] json) {
    for (byte b : json) {
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
