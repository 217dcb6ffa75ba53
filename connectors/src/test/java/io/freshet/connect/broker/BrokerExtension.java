// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.broker;

import io.freshet.connect.Delivery;
import io.freshet.connect.KafkaConnection;
import io.freshet.connect.TopicNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real broker, started once for all test classes of a JVM. Tests share it and so name their
 * topics and groups apart.
 *
 * <pre>{@code
 * @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
 * }</pre>
 */
public final class BrokerExtension implements BeforeAllCallback {
  private EmbeddedBroker broker;

  @Override
  public void beforeAll(ExtensionContext context) {
    broker =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(BrokerExtension.class))
            .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class)
            .broker;
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** A connection with a group of its own. */
  public KafkaConnection connection(Delivery delivery) {
    return new KafkaConnection(
        bootstrapServers(), unique(), Map.of(), delivery, Duration.ofMinutes(1));
  }

  /** Names of topics that no other test uses; none of them exists yet. */
  public TopicNames topics() {
    String prefix = unique() + ".";
    TopicNames names = TopicNames.defaults();
    return new TopicNames(
        prefix + names.interactions(),
        prefix + names.deadLetters(),
        prefix + names.control(),
        prefix + names.recommendations(),
        prefix + names.model(),
        prefix + names.codebook(),
        prefix + names.quality());
  }

  private static String unique() {
    return "t" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** The store closes it after the last test. */
  private static final class Running implements AutoCloseable {
    private final BrokerDirectory directory;
    private final EmbeddedBroker broker;

    Running() {
      try {
        directory = BrokerDirectory.create();
        broker = EmbeddedBroker.start(directory.data());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      broker.close();
      directory.delete();
    }
  }
}
