// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.connect.DataFileException;
import io.freshet.connect.RecordChecks;
import io.freshet.connect.replay.BadEventException;
import io.freshet.connect.replay.EventFile;
import io.freshet.connect.replay.EventStream;
import io.freshet.schema.Interaction;
import io.freshet.schema.RecordException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads an event file of a history through, so that a person learns what is wrong with it before
 * anything has started; reading is a small part of learning.
 */
final class HistoryCheck {
  private static final int PROGRESS_EVERY = 1 << 16;

  private final Console console;
  private final Interruption interruption;
  private final RecordChecks checks;
  private final Path path;
  private long records;
  private long bad;
  private String firstFault;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private boolean sorted = true;

  HistoryCheck(Console console, Interruption interruption, RecordChecks checks, Path path) {
    this.console = console;
    this.interruption = interruption;
    this.checks = checks;
    this.path = path;
  }

  /**
   * Says what the file holds.
   *
   * @return records in it, good and bad
   * @throws CommandException if no event of it could be used
   * @throws IOException if it cannot be read to its end
   */
  long run() throws IOException, CommandException {
    try (EventStream events = EventFile.at(path).open()) {
      while (read(events)) {
        if (++records % PROGRESS_EVERY == 0) {
          console.progress("Looking through " + path + ": " + Text.count(records));
          if (interruption.isRequested()) {
            throw new CommandException("stopped before the start");
          }
        }
      }
    } finally {
      console.clearProgress();
    }
    if (bad > 0 && bad == records) {
      throw new CommandException(
          "source.history: none of the "
              + Text.count(records)
              + " lines can be used; the first: "
              + firstFault);
    }
    console.println(summary());
    return records;
  }

  private boolean read(EventStream events) throws IOException {
    try {
      Interaction event = events.next();
      if (event == null) {
        return false;
      }
      checks.check(event);
      sorted &= event.timestamp() >= last;
      first = Math.min(first, event.timestamp());
      last = Math.max(last, event.timestamp());
    } catch (BadEventException e) {
      refused(e.getMessage());
    } catch (RecordException e) {
      refused(new DataFileException(path, events.line(), e.getMessage()).getMessage());
    }
    return true;
  }

  private void refused(String fault) {
    if (bad++ == 0) {
      firstFault = fault;
    }
  }

  private String summary() {
    return "History: "
        + Text.count(records - bad)
        + " events of "
        + path
        + (records == bad ? "" : ", " + Text.time(first) + " to " + Text.time(last))
        + (sorted ? "" : ", NOT in the order of their time")
        + (bad == 0
            ? ""
            : "; " + Text.count(bad) + " lines go to the dead letters, the first: " + firstFault);
  }
}
