// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.job.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks everything that can be checked before a start. */
@Command(
    name = "validate",
    description = "Reports every fault of a configuration, its broker and its topics at once.",
    footer = {
      "",
      "Nothing is changed: a topic that is missing and would be created is no fault.",
      "",
      "Examples:",
      "  freshet validate --config freshet.yaml",
      "  freshet validate --config freshet.yaml --set kafka.delivery=exactly-once"
    })
final class ValidateCommand implements Callable<Integer> {
  @Mixin private Console console;
  @Mixin private JobArguments arguments;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the faults to a file.")
  private Path json;

  @Override
  public Integer call() throws Exception {
    List<String> faults = faults();
    if (json != null) {
      Json.write(json, Map.of("valid", faults.isEmpty(), "faults", faults));
    }
    if (faults.isEmpty()) {
      console.println("No fault found: the configuration, the broker and the topics fit.");
      return 0;
    }
    console.println(faults.size() == 1 ? "1 fault:" : faults.size() + " faults:");
    for (String fault : faults) {
      console.println("  - " + fault);
    }
    return 1;
  }

  private List<String> faults() {
    try {
      return arguments.check().faults();
    } catch (ConfigException e) {
      return e.faults();
    }
  }
}
