// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What every command shares when it talks: where it prints, {@code --verbose}, and one line of
 * progress that overwrites itself on a terminal and is printed every {@value #PLAIN_SECONDS}
 * seconds elsewhere.
 */
final class Console {
  private static final long PLAIN_SECONDS = 5;
  private static final String CLEAR_LINE = "\r\u001b[2K";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and end.")
  private boolean help;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show stack traces of failures.")
  private boolean verbose;

  private final boolean terminal = Boolean.getBoolean("freshet.tty");
  private boolean progressShown;
  private long progressAt = System.nanoTime() - PLAIN_SECONDS * 1_000_000_000;

  static boolean isVerbose(CommandLine line) {
    Object option = line.getCommandSpec().findOption("--verbose");
    return option != null && line.getCommandSpec().findOption("--verbose").<Boolean>getValue();
  }

  /** Where to look further, when there is a log; starts with a comma. */
  static String logHint() {
    String log = System.getProperty("freshet.log");
    return log != null && Files.exists(Path.of(log)) ? ", or see " + log : "";
  }

  private PrintWriter out() {
    return mixee.commandLine().getOut();
  }

  /** Prints a line above the progress. */
  synchronized void println(String line) {
    clearProgress();
    out().println(line);
    out().flush();
  }

  /** Shows how far it is; may be called as often as one likes. */
  synchronized void progress(String line) {
    if (terminal) {
      out().print(CLEAR_LINE + line);
      out().flush();
      progressShown = true;
      return;
    }
    long now = System.nanoTime();
    if (now - progressAt >= PLAIN_SECONDS * 1_000_000_000) {
      progressAt = now;
      out().println(line);
      out().flush();
    }
  }

  /** Takes the progress off the terminal. */
  synchronized void clearProgress() {
    if (progressShown) {
      out().print(CLEAR_LINE);
      out().flush();
      progressShown = false;
    }
  }
}
