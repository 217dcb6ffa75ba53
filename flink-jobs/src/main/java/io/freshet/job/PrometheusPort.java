// SPDX-License-Identifier: Apache-2.0
package io.freshet.job;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.prometheus.LoopbackPrometheusReporter;

/**
 * The port of 127.0.0.1 at which a local run tells its metrics to Prometheus; 0 stands for none.
 */
final class PrometheusPort {
  private static final String REPORTER = "metrics.reporter.prometheus.";

  private PrometheusPort() {}

  static void setIn(Configuration flink, int port) {
    if (port != 0) {
      flink.setString(
          REPORTER + "factory.class", LoopbackPrometheusReporter.Factory.class.getName());
      flink.setString(REPORTER + "port", Integer.toString(port));
    }
  }

  /**
   * A reporter that cannot start is no more than a line in Flink's log.
   *
   * @throws IOException with the option in its message, if nobody can listen at this port
   */
  static void check(int port) throws IOException {
    if (port == 0) {
      return;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (BindException e) {
      // Not its cause: where the web page finds its port taken, a cause of this type says so.
      throw new IOException(
          FreshetOptions.METRICS_PROMETHEUS_PORT.key()
              + ": cannot listen at port "
              + port
              + " of 127.0.0.1 ("
              + e.getMessage()
              + "); choose another, 0 for none");
    }
  }
}
