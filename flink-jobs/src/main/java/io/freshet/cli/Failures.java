// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.job.ConfigException;
import io.freshet.job.JobFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what went wrong, in one message: an expected fault without a stack trace, unless the command
 * was told {@code --verbose}; anything else with its type, as a fault of Freshet.
 */
final class Failures implements IExecutionExceptionHandler {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private static final List<Class<? extends Exception>> EXPECTED =
      List.of(
          CommandException.class,
          ConfigException.class,
          JobFailedException.class,
          IOException.class,
          IllegalArgumentException.class);

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    boolean verbose = Console.isVerbose(line);
    if (isExpected(e)) {
      err.println("freshet: " + message(e));
    } else {
      err.println("freshet: unexpected " + e.getClass().getSimpleName() + ": " + e.getMessage());
    }
    if (verbose) {
      e.printStackTrace(err);
    } else if (!isExpected(e)) {
      err.println("Run it again with --verbose for the stack trace" + Console.logHint() + ".");
    }
    err.flush();
    return FAILED;
  }

  private static boolean isExpected(Exception e) {
    return EXPECTED.stream().anyMatch(type -> type.isInstance(e));
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  static int wrongUsage(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("freshet: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return WRONG_USAGE;
  }
}
