// SPDX-License-Identifier: Apache-2.0
package io.freshet.bench;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** The heap of this JVM. */
public final class Heap {

  private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

  /** Large arrays take whole regions of the collector, and it needs some room to work. */
  private static final double MARGIN = 1.2;

  private static final long OTHER_BYTES = 96 << 20;

  private Heap() {}

  /**
   * Bytes of all objects that are reachable: exactly, where the used heap also counts the unused
   * ends of the regions that large arrays take.
   */
  static long reachableBytes() {
    try {
      String histogram =
          (String)
              ManagementFactory.getPlatformMBeanServer()
                  .invoke(
                      new ObjectName(COMMANDS),
                      "gcClassHistogram",
                      new Object[] {new String[0]},
                      new String[] {String[].class.getName()});
      // The last line reads: Total, objects, bytes.
      String[] total = histogram.substring(histogram.lastIndexOf("Total")).strip().split("\\s+");
      return Long.parseLong(total[2]);
    } catch (JMException e) {
      throw new IllegalStateException("this JVM does not tell what its heap holds", e);
    }
  }

  /** The heap that a run needs whose arrays hold so many bytes. */
  public static long needed(double bytes) {
    return (long) (MARGIN * bytes) + OTHER_BYTES;
  }

  /** The largest heap that this JVM may grow to. */
  public static long limit() {
    return Runtime.getRuntime().maxMemory();
  }
}
