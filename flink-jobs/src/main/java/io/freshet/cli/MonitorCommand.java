// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.job.ConfigException;
import io.freshet.job.JobConfig;
import io.freshet.job.KafkaEndpoints;
import io.freshet.job.StartCheck;
import io.freshet.monitor.Monitor;
import io.freshet.monitor.MonitorOptions;
import io.freshet.monitor.MonitorPort;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the live page of a job that runs elsewhere. */
@Command(
    name = "monitor",
    description =
        "Serves a live page about a job to browsers on this machine, until Ctrl-C. It reads the"
            + " job's topics and changes nothing.",
    footer = {
      "",
      "The page shows the event rate and the lag, quality beside the baselines, what the re-fits do",
      "to the codebooks, alarms, and any user's list; deploy/docs/monitor.md says how to read it.",
      "It listens on 127.0.0.1 alone; from elsewhere: ssh -L 8090:127.0.0.1:8090 HOST.",
      "",
      "Examples:",
      "  freshet monitor --config freshet.yaml",
      "  freshet monitor --broker 127.0.0.1:9092 --port 0 --users 200k"
    })
final class MonitorCommand implements Callable<Integer> {
  private static final long WAIT_MILLIS = 1_000;

  @Mixin private Console console;
  @Mixin private KafkaArguments arguments;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "N",
      description = "Port of the page (default ${DEFAULT-VALUE}); 0 for any that is free.",
      defaultValue = "" + MonitorPort.DEFAULT)
  private int port;

  @Option(
      names = "--users",
      paramLabel = "N",
      converter = CountConverter.class,
      description =
          "Users whose lists and events are held, about 4 kB each (default 20k); those who were"
              + " active least recently are let go.")
  private int users = MonitorOptions.DEFAULT_USERS;

  @Override
  public Integer call() throws Exception {
    StartCheck check = arguments.check();
    Interruption interruption = Interruption.install();
    try (MonitorPort page = MonitorPage.bind(port, "--port", check)) {
      JobConfig config = check.readable();
      List<String> faults = KafkaEndpoints.topicCheck(config).unreachable();
      if (!faults.isEmpty()) {
        throw new ConfigException(faults);
      }
      try (Monitor monitor = Monitor.start(page, MonitorPage.options(config, users, null))) {
        console.println("Watching " + config.kafka().bootstrapServers());
        console.println("The page is " + monitor.address() + " ; Ctrl-C ends it.");
        while (!interruption.await(WAIT_MILLIS)) {
          // The page does the rest.
        }
      } catch (KafkaException e) {
        throw new CommandException("no Kafka client can be made: " + e.getMessage(), e);
      }
    }
    return 0;
  }
}
