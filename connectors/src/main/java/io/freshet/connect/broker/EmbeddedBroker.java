// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker and controller in this JVM, the production classes in KRaft mode. It listens on
 * 127.0.0.1 alone.
 *
 * <pre>{@code
 * try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
 *   connectTo(broker.bootstrapServers());
 * }
 * }</pre>
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final String LOCALHOST = "127.0.0.1";
  private static final int NODE = 1;
  private static final int PORT_ATTEMPTS = 5;

  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker on free ports.
   *
   * @param directory where it keeps its log; empty or absent, and the caller's to delete
   * @throws IOException if the directory cannot be formatted or the broker does not start
   */
  public static EmbeddedBroker start(Path directory) throws IOException {
    return start(directory, Map.of());
  }

  /**
   * Starts a broker on free ports.
   *
   * @param directory where it keeps its log; empty or absent, and the caller's to delete
   * @param settings broker settings that replace the ones here
   * @throws IOException if the directory cannot be formatted or the broker does not start
   */
  public static EmbeddedBroker start(Path directory, Map<String, String> settings)
      throws IOException {
    String log = directory.resolve("log").toString();
    format(log);
    for (int attempt = 1; ; attempt++) {
      int clientPort = freePort();
      Properties properties = properties(log, clientPort, freePort());
      properties.putAll(settings);
      KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
      try {
        server.startup();
        return new EmbeddedBroker(server, LOCALHOST + ":" + clientPort);
      } catch (RuntimeException e) {
        server.shutdown();
        // Between asking for a free port and binding it, another program may have taken it.
        if (attempt == PORT_ATTEMPTS || !isPortTaken(e)) {
          throw new IOException("the embedded Kafka broker did not start: " + e.getMessage(), e);
        }
      }
    }
  }

  private static boolean isPortTaken(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOCALHOST))) {
      return socket.getLocalPort();
    }
  }

  private static void format(String log) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try {
      new Formatter()
          .setPrintStream(new PrintStream(output, true, StandardCharsets.UTF_8))
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(log)
          .setDirectories(List.of(log))
          .run();
    } catch (Exception e) {
      throw new IOException(
          "the broker's directory "
              + log
              + " could not be formatted: "
              + output.toString(StandardCharsets.UTF_8),
          e);
    }
  }

  private static Properties properties(String log, int clientPort, int controllerPort) {
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", Integer.toString(NODE));
    properties.put("controller.quorum.voters", NODE + "@" + LOCALHOST + ":" + controllerPort);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put(
        "listeners",
        "PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d"
            .formatted(LOCALHOST, clientPort, controllerPort));
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("log.dirs", log);
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "4");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("auto.create.topics.enable", "false");
    // Two cores are shared with the job; the defaults are for a machine of its own.
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "2");
    properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
    return properties;
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
