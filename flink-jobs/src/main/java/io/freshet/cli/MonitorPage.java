// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.job.JobConfig;
import io.freshet.job.KafkaEndpoints;
import io.freshet.job.StartCheck;
import io.freshet.monitor.MonitorOptions;
import io.freshet.monitor.MonitorPort;
import java.io.IOException;
import java.util.function.LongSupplier;

/** What the commands that serve the live page share. */
final class MonitorPage {
  static final int HIGHEST_PORT = 65_535;

  private MonitorPage() {}

  /**
   * Takes the page's port.
   *
   * @param option what the person names it by
   * @param check gets the fault where that is not possible
   * @return null then
   */
  static MonitorPort bind(int port, String option, StartCheck check) {
    if (port < 0 || port > HIGHEST_PORT) {
      check.fault(option + " is " + port + ", but must be 0 to " + HIGHEST_PORT);
      return null;
    }
    try {
      return MonitorPort.bind(port);
    } catch (IOException e) {
      check.fault(
          "%s: port %d of 127.0.0.1 cannot be had (%s); name another, or 0 for any that is free"
              .formatted(option, port, e.getMessage()));
      return null;
    }
  }

  /**
   * @param taken see {@link MonitorOptions#taken()}
   */
  static MonitorOptions options(JobConfig config, int users, LongSupplier taken) {
    return new MonitorOptions(
        KafkaEndpoints.connection(config), KafkaEndpoints.topicNames(config), users, taken);
  }
}
