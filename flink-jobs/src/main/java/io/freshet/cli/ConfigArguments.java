// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.job.ConfigLoader;
import io.freshet.job.StartCheck;
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
  final Configuration options(List<String> between) {
    return ConfigLoader.load(file, over(between));
  }

  /** The check of what was given. */
  final StartCheck check() {
    return check(own());
  }

  /** The same, with these options between the file and what the person set. */
  final StartCheck check(List<String> between) {
    return new StartCheck(file, over(between));
  }

  private List<String> over(List<String> between) {
    List<String> all = new ArrayList<>(between);
    all.addAll(settings);
    return all;
  }

  /** Options that other arguments of the command stand for. */
  List<String> own() {
    return List.of();
  }
}
