// SPDX-License-Identifier: Apache-2.0
package io.freshet.connect.broker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {

  @Test
  void aDirectoryThatCannotBeUsedIsNamed(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> EmbeddedBroker.start(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }
}
