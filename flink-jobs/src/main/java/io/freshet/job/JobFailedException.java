// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

/** A job that failed while it ran; the message is the innermost cause's. */
public final class JobFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  JobFailedException(Throwable cause) {
    super(innermost(cause), cause);
  }

  JobFailedException(String what, Throwable cause) {
    super(what + ": " + innermost(cause), cause);
  }

  private static String innermost(Throwable cause) {
    Throwable innermost = cause;
    while (innermost.getCause() != null && innermost.getCause() != innermost) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    String type = innermost.getClass().getSimpleName();
    return message == null ? type : type + ": " + message;
  }
}
