// SPDX-License-Identifier: Apache-2.0
package io.freshet.eval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of this process as Linux sees it: heap, native libraries, caches and all. */
public final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double KIB_PER_MIB = 1024;

  private ProcessMemory() {}

  /** The resident set in MiB; null on a system without {@code /proc/self/status}. */
  public static Double rssMb() {
    return field("VmRSS:");
  }

  /** Largest resident set so far in MiB; null on a system without {@code /proc/self/status}. */
  public static Double peakRssMb() {
    return field("VmHWM:");
  }

  private static Double field(String name) {
    if (!Files.isReadable(STATUS)) {
      return null;
    }
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(name)) {
          String kib = line.substring(name.length()).replace("kB", "").strip();
          return Long.parseLong(kib) / KIB_PER_MIB;
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
