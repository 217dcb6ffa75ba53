// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.job.FreshetOptions;
import java.util.List;
import picocli.CommandLine.Option;

/** The configuration of a command that goes to a Kafka that is there. */
class KafkaArguments extends ConfigArguments {
  @Option(
      names = {"-b", "--broker"},
      paramLabel = "HOST:PORT",
      description = "Short for --set kafka.bootstrap.servers=HOST:PORT.")
  private String broker;

  @Override
  List<String> own() {
    return broker == null
        ? List.of()
        : List.of(FreshetOptions.KAFKA_BOOTSTRAP_SERVERS.key() + "=" + broker);
  }
}
