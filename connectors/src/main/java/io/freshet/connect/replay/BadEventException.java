// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.replay;

import io.freshet.connect.DataFileException;
import io.freshet.schema.RecordError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A line of an event file that is not an interaction; those after it may be. */
public final class BadEventException extends DataFileException {
  private static final long serialVersionUID = 1L;

  private final RecordError error;
  private final transient byte[] text;

  /** A fault of one line, numbered from 1, that has this text. */
  BadEventException(Path path, long line, RecordError error, String fault, byte[] text) {
    super(path, line, fault);
    this.error = error;
    this.text = text;
  }

  /** The same, of a text in characters. */
  BadEventException(Path path, long line, RecordError error, String fault, String text) {
    this(path, line, error, fault, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The kind of fault. */
  public RecordError error() {
    return error;
  }

  /** What stands there, UTF-8 unless that is the fault. */
  public byte[] text() {
    return text;
  }
}
