// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.broker;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;

/**
 * The child JVM of {@link BrokerProcess}: starts a broker in the directory named by its argument,
 * says where, and ends when its standard input does, that is, when its parent ends. Its data goes
 * with it, so that nothing stays behind when the parent was killed.
 */
final class BrokerMain {
  static final String READY = "broker ready at ";

  private BrokerMain() {}

  public static void main(String[] args) throws IOException {
    ignoreInterrupts();
    BrokerDirectory directory = new BrokerDirectory(Path.of(args[0]));
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.data())) {
      System.out.println(READY + broker.bootstrapServers());
      while (System.in.read() >= 0) {
        // The parent says nothing; it only ends.
      }
    }
    directory.delete();
    // Whatever threads a broker leaves behind must not keep it alive.
    System.exit(0);
  }

  /**
   * A Ctrl-C at a terminal reaches every process there. The parent then stops its job, which writes
   * to the broker to the last, so the broker has to outlive it.
   */
  private static void ignoreInterrupts() {
    try {
      // Reflection: javac warns of these classes, and the warning cannot be suppressed.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Field ignore = handler.getField("SIG_IGN");
      Method handle = signal.getMethod("handle", signal, handler);
      handle.invoke(null, signal.getConstructor(String.class).newInstance("INT"), ignore.get(null));
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      System.err.println("Ctrl-C will stop the broker together with its parent: " + e);
    }
  }
}
