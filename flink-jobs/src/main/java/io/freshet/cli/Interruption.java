// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and a request to terminate, as something a command looks at: it then ends what it started,
 * in order. A second one ends the process at once.
 *
 * <p>A shutdown hook would not do: Flink's own hooks run at the same time and delete the files that
 * a last checkpoint needs.
 */
final class Interruption {
  private static final String[] SIGNALS = {"INT", "TERM"};
  private static final int KILLED = 130;

  private final CountDownLatch requested = new CountDownLatch(1);
  private volatile Runnable action = () -> {};

  /** Listens from now on. */
  static Interruption install() {
    Interruption interruption = new Interruption();
    for (String signal : SIGNALS) {
      interruption.handle(signal);
    }
    return interruption;
  }

  // sun.misc.Signal is supported but not part of Java SE; without it Ctrl-C just ends the process.
  private void handle(String signal) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      InvocationHandler onSignal =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              request();
            }
            return null;
          };
      Object handler =
          Proxy.newProxyInstance(
              Interruption.class.getClassLoader(), new Class<?>[] {handlerType}, onSignal);
      signalType
          .getMethod("handle", signalType, handlerType)
          .invoke(null, signalType.getConstructor(String.class).newInstance(signal), handler);
    } catch (ReflectiveOperationException e) {
      System.getLogger(Interruption.class.getName())
          .log(System.Logger.Level.DEBUG, "cannot listen to signal " + signal, e);
    }
  }

  private void request() {
    if (isRequested()) {
      Runtime.getRuntime().halt(KILLED);
    }
    requested.countDown();
    action.run();
  }

  /** Has something done as soon as somebody wants the command to end; it must be quick. */
  void onRequest(Runnable quick) {
    action = quick;
  }

  /** Whether somebody wants the command to end. */
  boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Waits; returns early, with true, when somebody wants the command to end. */
  boolean await(long millis) throws InterruptedException {
    return requested.await(millis, TimeUnit.MILLISECONDS);
  }
}
