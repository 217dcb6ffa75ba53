// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.history;

import io.freshet.connect.DataFileException;
import io.freshet.connect.RecordChecks;
import io.freshet.connect.RecordCounters;
import io.freshet.connect.replay.BadEventException;
import io.freshet.connect.replay.EventFile;
import io.freshet.connect.replay.EventStream;
import io.freshet.schema.DeadLetter;
import io.freshet.schema.Decoded;
import io.freshet.schema.Interaction;
import io.freshet.schema.InteractionJson;
import io.freshet.schema.RecordError;
import io.freshet.schema.RecordException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the files of a history one after another, from some place on. A line that is no event, or
 * whose event does not meet the checks, becomes a dead letter that names file and line.
 */
final class HistoryReader implements Closeable {
  private static final String STAGE = "history";

  private final List<String> files;
  private final RecordChecks checks;
  private final RecordCounters counters;
  private int file;
  private long read;
  private long earlier;
  private EventStream stream;

  HistoryReader(HistorySplit from, RecordChecks checks, RecordCounters counters) {
    files = from.files();
    file = from.file();
    read = from.read();
    earlier = from.earlier();
    this.checks = checks;
    this.counters = counters;
  }

  /** Up to where {@link #next} has read. */
  HistorySplit place() {
    return new HistorySplit(files, file, read, earlier);
  }

  boolean isOver() {
    return file == files.size();
  }

  /** Records read so far, of all files. */
  long records() {
    return earlier + read;
  }

  /** The next record; null when there is none left. */
  Decoded next() throws IOException {
    while (!isOver()) {
      if (stream == null) {
        open();
      }
      try {
        Interaction event = stream.next();
        if (event != null) {
          read++;
          return checked(event);
        }
      } catch (BadEventException e) {
        read++;
        return refused(null, e.text(), e.error(), e.getMessage());
      }
      close();
      file++;
      earlier += read;
      read = 0;
    }
    return null;
  }

  private Decoded checked(Interaction event) {
    try {
      checks.check(event);
    } catch (RecordException e) {
      String reason = new DataFileException(path(), stream.line(), e.getMessage()).getMessage();
      byte[] key = event.userId().getBytes(StandardCharsets.UTF_8);
      return refused(key, InteractionJson.write(event), e.error(), reason);
    }
    counters.decoded();
    return Decoded.of(event);
  }

  private Decoded refused(byte[] key, byte[] value, RecordError error, String reason) {
    counters.refused(error);
    return Decoded.of(new DeadLetter(key, value, error, reason, STAGE, "", -1, -1));
  }

  private Path path() {
    return Path.of(files.get(file));
  }

  private void open() throws IOException {
    stream = EventFile.at(path()).open();
    // A compressed file has no other way to the place.
    for (long skipped = 0; skipped < read; skipped++) {
      try {
        if (stream.next() == null) {
          throw new DataFileException(
              path(), "has fewer than the " + read + " records that were read of it before");
        }
      } catch (BadEventException e) {
        continue; // a dead letter already
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
      stream = null;
    }
  }
}
