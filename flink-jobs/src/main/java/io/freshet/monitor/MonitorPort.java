// SPDX-License-Identifier: Apache-2.0
package io.freshet.monitor;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A port of 127.0.0.1, taken before anything is read, so that one that is not free is told with the
 * other faults. Nobody is answered before {@link Monitor#start}.
 */
public final class MonitorPort implements AutoCloseable {
  /** Where the page is unless told otherwise. */
  public static final int DEFAULT = 8090;

  private static final String LOCALHOST = "127.0.0.1";
  private static final int THREADS = 4;

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          work -> {
            Thread thread = new Thread(work, "monitor-page");
            thread.setDaemon(true);
            return thread;
          });

  private boolean serving;

  private MonitorPort(HttpServer server) {
    this.server = server;
  }

  /**
   * Takes a port.
   *
   * @param port 0 for any that is free
   * @throws IOException if it is taken or not allowed
   */
  public static MonitorPort bind(int port) throws IOException {
    InetAddress localhost = InetAddress.getByName(LOCALHOST);
    return new MonitorPort(HttpServer.create(new InetSocketAddress(localhost, port), 0));
  }

  void serve(HttpHandler handler) {
    server.setExecutor(threads);
    server.createContext("/", handler);
    server.start();
    serving = true;
  }

  String address() {
    return "http://" + LOCALHOST + ":" + server.getAddress().getPort() + "/";
  }

  @Override
  public void close() {
    if (!serving) {
      // A server that never ran keeps its port when it is stopped.
      server.start();
      serving = true;
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
