// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.job.ConfigLoader;
import io.freshet.job.JobConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Option;

/** How a command is told its configuration: a file, and single options. */
class ConfigArguments {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "YAML file of options; deploy/docs/configuration.md lists them.")
  private Path file;

  @Option(
      names = {"-s", "--set"},
      paramLabel = "KEY=VALUE",
      description = "Lays an option over the file; may be repeated.")
  private List<String> settings = new ArrayList<>();

  /** The options as given, with these between the file and what the person set. */
  final Configuration options(List<String> own) {
    List<String> all = new ArrayList<>(own);
    all.addAll(settings);
    return ConfigLoader.load(file, all);
  }

  /** The checked configuration. */
  final JobConfig config() {
    return JobConfig.of(options(own()));
  }

  /** Options that other arguments of the command stand for. */
  List<String> own() {
    return List.of();
  }
}
