// SPDX-License-Identifier: Apache-2.0
package org.apache.flink.metrics.prometheus;

import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.Properties;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.util.PortRange;

/**
 * What Flink's {@link PrometheusReporter} exports, under the same names, on 127.0.0.1 alone.
 * Flink's listens on every interface, has no option for it, and keeps its registry to its package;
 * hence the package of this class.
 *
 * <p>Option {@code port}: a port or a range such as {@code 9249-9260}, of which each process takes
 * the first that is free; 9249 by default.
 */
public final class LoopbackPrometheusReporter extends AbstractPrometheusReporter {
  private final HTTPServer server;

  private LoopbackPrometheusReporter(PortRange ports) {
    server = listen(ports);
  }

  private HTTPServer listen(PortRange ports) {
    Iterator<Integer> port = ports.getPortsIterator();
    while (port.hasNext()) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port.next());
      try {
        HTTPServer started = new HTTPServer(address, registry);
        log.info("Metrics for Prometheus at {}.", address);
        return started;
      } catch (BindException e) {
        log.debug("{} is taken.", address);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException("no port of " + ports + " is free on 127.0.0.1");
  }

  @Override
  public void close() {
    server.stop();
    super.close();
  }

  /** Makes reporters; named in {@code META-INF/services}. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      String ports = ((MetricConfig) properties).getString("port", "9249");
      return new LoopbackPrometheusReporter(new PortRange(ports));
    }
  }
}
