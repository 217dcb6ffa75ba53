// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command writes when its work is done. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Makes its directory, and fails now where writing would fail after the work.
   *
   * @param file may be null, which is no file
   */
  static void prepare(Path file) throws CommandException {
    if (file == null) {
      return;
    }
    Path directory = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new CommandException("cannot make the directory of " + file, e);
    }
    if (Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : directory)) {
      throw new CommandException("cannot write " + file);
    }
  }
}
