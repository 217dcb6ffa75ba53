// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.broker;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The child JVM of {@link BrokerProcess}: starts a broker in the directory named by its argument,
 * says where, and ends when its standard input does, that is, when its parent ends.
 */
final class BrokerMain {
  static final String READY = "broker ready at ";

  private BrokerMain() {}

  public static void main(String[] args) throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]))) {
      System.out.println(READY + broker.bootstrapServers());
      while (System.in.read() >= 0) {
        // The parent says nothing; it only ends.
      }
    }
  }
}
