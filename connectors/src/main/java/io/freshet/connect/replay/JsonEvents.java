// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import io.freshet.connect.LineReader;
import io.freshet.schema.Interaction;
import io.freshet.schema.InteractionJson;
import io.freshet.schema.RecordException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The events of a file with one JSON interaction a line; blank lines are skipped. */
final class JsonEvents implements EventStream {
  /** A line longer than this is a fault: most likely not JSON lines. */
  static final int MAX_LINE_BYTES = 1 << 20;

  private final Path path;
  private final LineReader lines;

  JsonEvents(Path path, InputStream in) {
    this.path = path;
    this.lines = new LineReader(path, in, MAX_LINE_BYTES, "interaction");
  }

  @Override
  public Interaction next() throws IOException {
    byte[] json = lines.next();
    if (json == null) {
      return null;
    }
    try {
      return InteractionJson.read(json);
    } catch (RecordException e) {
      throw new BadEventException(path, lines.line(), e.error(), e.getMessage(), json);
    }
  }

  @Override
  public long line() {
    return lines.line();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
