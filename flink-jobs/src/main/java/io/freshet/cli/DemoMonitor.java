// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import io.freshet.job.JobConfig;
import io.freshet.job.LocalMetrics;
import io.freshet.job.StartCheck;
import io.freshet.monitor.Monitor;
import io.freshet.monitor.MonitorOptions;
import io.freshet.monitor.MonitorPort;
import java.io.IOException;
import picocli.CommandLine.Option;

/** The live page beside a demo. */
final class DemoMonitor {
  @Option(
      names = "--monitor-port",
      paramLabel = "N",
      description =
          "Port of the live page, 0 for any that is free; by default "
              + MonitorPort.DEFAULT
              + ", or any where that is taken.")
  private Integer port;

  @Option(names = "--no-monitor", description = "No live page.")
  private boolean none;

  /** Takes the page's port; null where there is to be no page or the check got a fault. */
  MonitorPort bind(StartCheck check) {
    if (none) {
      return null;
    }
    if (port != null) {
      return MonitorPage.bind(port, "--monitor-port", check);
    }
    try {
      return MonitorPort.bind(MonitorPort.DEFAULT);
    } catch (IOException e) {
      return MonitorPage.bind(0, "--monitor-port", check);
    }
  }

  /** Starts it; null where there is to be none. */
  static Monitor start(MonitorPort page, JobConfig config, LocalMetrics metrics) {
    return page == null
        ? null
        : Monitor.start(
            page,
            MonitorPage.options(
                config, MonitorOptions.DEFAULT_USERS, () -> Backlog.taken(metrics)));
  }
}
