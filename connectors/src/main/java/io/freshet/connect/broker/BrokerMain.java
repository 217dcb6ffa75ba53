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
    ignoreCtrlC();
    try (EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]))) {
      System.out.println(READY + broker.bootstrapServers());
      while (System.in.read() >= 0) {
        // The parent says nothing; it only ends.
      }
    }
  }

  // A terminal sends Ctrl-C to parent and child at once; the parent still needs the broker to end
  // in order. sun.misc.Signal is supported but not part of Java SE, hence by name.
  private static void ignoreCtrlC() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance("INT"),
              handler.getField("SIG_IGN").get(null));
    } catch (ReflectiveOperationException e) {
      System.err.println("Ctrl-C will reach the broker: " + e);
    }
  }
}
