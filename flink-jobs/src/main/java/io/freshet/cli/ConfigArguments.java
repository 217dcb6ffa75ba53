// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.job.ConfigLoader;
import io.freshet.job.FreshetOptions;
import io.freshet.job.JobConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Option;

/** How a command is told its configuration: a file, a broker, single options. */
final class ConfigArguments {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "YAML file of options; deploy/docs/configuration.md lists them.")
  private Path file;

  @Option(
      names = {"-b", "--broker"},
      paramLabel = "HOST:PORT",
      description = "Short for --set kafka.bootstrap.servers=HOST:PORT.")
  private String broker;

  @Option(
      names = {"-s", "--set"},
      paramLabel = "KEY=VALUE",
      description = "Lays an option over the file; may be repeated.")
  private List<String> settings = new ArrayList<>();

  /** The options as given, with these between the file and what the person set. */
  Configuration options(List<String> own) {
    List<String> all = new ArrayList<>(own);
    if (broker != null) {
      all.add(FreshetOptions.KAFKA_BOOTSTRAP_SERVERS.key() + "=" + broker);
    }
    all.addAll(settings);
    return ConfigLoader.load(file, all);
  }

  /** The checked configuration. */
  JobConfig config() {
    return JobConfig.of(options(List.of()));
  }

  Path file() {
    return file;
  }
}
