// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code freshet} command. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
    name = "freshet",
    versionProvider = Freshet.Version.class,
    mixinStandardHelpOptions = true,
    description = "Top-K recommendation that learns from the stream.",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      ValidateCommand.class,
      ProduceCommand.class,
      WatchCommand.class,
      MonitorCommand.class,
      CodebookCommand.class,
      EvaluateCommand.class,
      BenchCommand.class
    },
    footer = {
      "",
      "Start here:",
      "  freshet demo                              a broker, Flink and traffic, on this machine",
      "  freshet validate --config freshet.yaml    every fault of a configuration at once",
      "  freshet run --config freshet.yaml         the job against your Kafka",
      "  freshet monitor --config freshet.yaml     a live page about it",
      "",
      "freshet COMMAND --help explains a command. Exit codes: 0 done, 1 failed, 2 wrong usage."
    })
public final class Freshet implements Callable<Integer> {
  private static final int USAGE_WIDTH = 100;

  @Spec private CommandSpec spec;

  private Freshet() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Freshet());
    line.setExecutionExceptionHandler(new Failures());
    line.setParameterExceptionHandler(Failures::wrongUsage);
    line.setUsageHelpWidth(USAGE_WIDTH);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Freshet.class.getPackage().getImplementationVersion();
      return new String[] {"freshet " + (version == null ? "(not from a jar)" : version)};
    }
  }
}
