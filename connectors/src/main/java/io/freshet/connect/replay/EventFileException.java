// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import java.io.IOException;
import java.nio.file.Path;

/** An event file that cannot be used; the message names the file, the line and the field. */
public final class EventFileException extends IOException {
  private static final long serialVersionUID = 1L;

  EventFileException(Path path, String fault) {
    super(path + ": " + fault);
  }

  EventFileException(Path path, long line, String fault) {
    super(path + ", line " + line + ": " + fault);
  }

  EventFileException(Path path, long line, String fault, IOException cause) {
    super(path + ", line " + line + ": " + fault, cause);
  }
}
