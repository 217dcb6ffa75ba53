// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The README, as far as it is run. */
final class Readme {
  private static final Path FILE = Path.of("..", "README.md");

  private Readme() {}

  /** Its {@code deploy/freshet} commands, in order and without their comments. */
  static List<String> freshetCommands() throws IOException {
    List<String> commands = new ArrayList<>();
    boolean shell = false;
    for (String line : Files.readAllLines(FILE)) {
      if (line.startsWith("```")) {
        shell = line.equals("```bash");
      } else if (shell && line.startsWith("deploy/freshet ")) {
        commands.add(line.replaceFirst("\\s+#.*", ""));
      }
    }
    return commands;
  }
}
