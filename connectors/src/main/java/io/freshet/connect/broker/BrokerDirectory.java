// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where a {@link BrokerProcess} keeps what it writes.
 *
 * @param path a directory of its own
 */
record BrokerDirectory(Path path) {

  /** A fresh one among the system's temporary files. */
  static BrokerDirectory create() throws IOException {
    return new BrokerDirectory(Files.createTempDirectory("freshet-broker-"));
  }

  /** Kafka's data. */
  Path data() {
    return path.resolve("data");
  }

  /** What the broker has to say. */
  Path log() {
    return path.resolve("broker.log");
  }

  /** Deletes everything; parent and child may both try. */
  void delete() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
