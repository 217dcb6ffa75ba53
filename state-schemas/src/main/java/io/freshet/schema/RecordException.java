// SPDX-License-Identifier: Apache-2.0
package io.freshet.schema;

/** A record that does not follow its schema; the message names the field and the fault. */
public final class RecordException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RecordError error;

  /** A fault of the given kind; the reason is a sentence for a person. */
  public RecordException(RecordError error, String reason) {
    // No stack trace: a stream of bad records must not cost more than a stream of good ones.
    super(reason, null, false, false);
    this.error = error;
  }

  /** The kind of fault. */
  public RecordError error() {
    return error;
  }
}
