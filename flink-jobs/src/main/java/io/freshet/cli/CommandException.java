// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

/** A command that cannot do what it was asked; the message says why and what to do. */
final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  CommandException(String message) {
    super(message);
  }

  CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
