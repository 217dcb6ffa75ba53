// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect;

import java.io.IOException;
import java.nio.file.Path;

/** A file that cannot be used; the message names the file, the line and the field. */
public class DataFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A fault of the whole file. */
  public DataFileException(Path path, String fault) {
    super(path + ": " + fault);
  }

  /** A fault of one line, numbered from 1. */
  public DataFileException(Path path, long line, String fault) {
    super(path + ", line " + line + ": " + fault);
  }

  /** A fault of one line that reading it met. */
  public DataFileException(Path path, long line, String fault, IOException cause) {
    super(path + ", line " + line + ": " + fault, cause);
  }
}
