// SPDX-License-Identifier: Apache-2.0
package io.freshet.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The figures of {@code --json}. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  /** Writes figures to a file, making its directory where there is none. */
  static void write(Path file, Object figures) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Files.writeString(file, MAPPER.writeValueAsString(figures) + "\n");
  }
}
