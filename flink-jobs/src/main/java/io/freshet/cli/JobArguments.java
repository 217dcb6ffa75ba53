// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.job.FreshetOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The configuration of a command that starts the job, or checks whether it could. */
final class JobArguments extends KafkaArguments {
  @Option(
      names = "--bootstrap",
      paramLabel = "FILE",
      description =
          "Starts items and users from a table file (evaluate split --save); short for --set"
              + " model.bootstrap.file=FILE.")
  private Path bootstrap;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      split = ",",
      description =
          "Reads event files before the interactions topic, in this order, and carries on live; short"
              + " for --set source.history=FILE;FILE.")
  private List<Path> history = List.of();

  @Override
  List<String> own() {
    List<String> own = new ArrayList<>(super.own());
    if (bootstrap != null) {
      own.add(FreshetOptions.MODEL_BOOTSTRAP_FILE.key() + "=" + bootstrap);
    }
    if (!history.isEmpty()) {
      String files = history.stream().map(Path::toString).collect(Collectors.joining(";"));
      own.add(FreshetOptions.SOURCE_HISTORY.key() + "=" + files);
    }
    return own;
  }
}
